from django.urls import path, re_path

from ads import views

app_name = "ads"

urlpatterns = [
    path("decide", views.decide, name="decide"),
    path("seen", views.seen, name="seen"),
    re_path(r"^click/(?P<signed>[\w.:-]+)/$", views.click, name="click"),
]
