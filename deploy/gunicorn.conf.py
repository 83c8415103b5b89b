"""How gunicorn serves the portal. WEB_CONCURRENCY (processes) and GUNICORN_CMD_ARGS change it."""

import os

wsgi_app = "portal.wsgi"
bind = f"127.0.0.1:{os.environ.get('PORT', '8000')}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = 8
timeout = 60
max_requests = 20_000  # a slow leak in any library never becomes an outage
max_requests_jitter = 2_000
forwarded_allow_ips = "127.0.0.1,::1"  # whose X-Forwarded-Proto is believed: nginx on this machine
control_socket_disable = True
