"""What is sent together: for each bundle its static files, in their order.

The kiosk leaves out the components of staff pages, and keeps what is for paper to the end.
"""

BUNDLES: dict[str, tuple[str, ...]] = {
    "kiosk.css": (
        "web/tokens.css",
        "web/accents.css",
        "web/base.css",
        "web/components/button.css",
        "web/components/card.css",
        "web/components/disclosure.css",
        "web/components/field.css",
        "web/components/flash.css",
        "web/components/list.css",
        "web/screen.css",
        "alerts/emergency.css",
        "public/papers.css",
        "public/kiosk.css",
        "public/kiosk-shapes.css",
    ),
    "kiosk-print.css": ("public/slip.css", "web/print.css"),
    "kiosk.js": (
        "django_htmx/htmx-2.min.js",
        "web/ui.js",
        "live/live.js",
        "public/kiosk.js",
        "public/device.js",
        "public/install.js",
    ),
}
