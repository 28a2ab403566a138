from django.apps import AppConfig


class VoiceConfig(AppConfig):
    name = "onewindow.voice"
    label = "voice"
