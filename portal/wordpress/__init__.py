"""Brings a WordPress site over from its export files (WXR).

``manage.py import_wordpress`` runs it; docs/import-wordpress.md tells what becomes what. The way of a file:
``repair`` mends its text, ``reading`` cuts it into records without ever holding more than one, ``importing``
goes over them twice: first everything gets its place and address here, then its content. ``content`` turns a
WordPress text into clean HTML.
"""
