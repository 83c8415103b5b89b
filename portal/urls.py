"""The site map on one page.

The site language has no prefix, the other one has ``/en/`` (or ``/ru/``). WordPress's addresses are kept
where they can be, so that a site that moves keeps most of its links.
"""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path, re_path

from articles.views import read
from portal import views
from portal.admin import profile
from portal.distribution import aggregators
from portal.media import serve_media
from portal.people import entering

urlpatterns = [
    path("admin/language/", profile.set_desk_language, name="desk_language"),
    re_path(r"^admin/invitation/(?P<pk>[0-9]{1,18})-(?P<token>[0-9a-f]{40})/$", entering.accept, name="invitation"),
    path("admin/password-reset/", entering.forgotten, name="admin_password_reset"),
    path("admin/password-reset/asked/", entering.asked, name="password_reset_done"),
    path("admin/password-reset/<uidb64>/<token>/", entering.NewPassword.as_view(), name="password_reset_confirm"),
    path("admin/", admin.site.urls),
    path("_r/", include("ads.urls")),
    path("_r/read", read, name="read"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    re_path(r"^brand/(?P<light>[0-9a-f]{6})-(?P<dark>[0-9a-f]{6})\.css$", views.brand_css, name="brand_css"),
    re_path(r"^brand/(?P<colour>[0-9a-f]{6})/(?P<letter>\w)\.svg$", views.letter_icon, name="letter_icon"),
    path("site.webmanifest", views.manifest, name="manifest"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    re_path(r"^(?P<key>[0-9a-f]{32})\.txt$", views.indexnow_key, name="indexnow_key"),
    path("sitemap.xml", views.sitemap_index, name="sitemap_index"),
    path("sitemap-news.xml", views.news_sitemap, name="sitemap_news"),
    path("sitemap-<slug:section>.xml", views.sitemap, name="sitemap"),
    re_path(rf"^{settings.MEDIA_URL.strip('/')}/(?P<path>.+)$", serve_media, name="media"),
]
urlpatterns += i18n_patterns(
    path("", views.front_page, name="front"),
    path("feed/yandex/", aggregators.yandex, name="yandex_feed"),
    path("feed/zen/", aggregators.zen, name="zen_feed"),
    path("", include("articles.urls")),
    path("comments/", include("comments.urls")),
    re_path(r"^(?P<path>[\w-]+(?:/[\w-]+)*)/$", views.page, name="page"),
    prefix_default_language=False,
)

handler400 = "portal.views.bad_request"
handler403 = "portal.views.forbidden"
handler404 = "portal.views.not_found"
handler500 = "portal.views.server_error"
