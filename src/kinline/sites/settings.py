"""Every setting, and the only place that reads the environment.

KINLINE_DATA          data folder: database, keys, uploads (default ``var``)
KINLINE_DATABASE_URL  ``postgresql://user@host/name``; empty means SQLite in the data folder
KINLINE_SITE          ``desk`` (staff), ``public`` (families) or ``hooks`` (providers): which site this process serves
KINLINE_DEMO          ``1`` marks every page as a demonstration and relaxes what a laptop cannot keep
KINLINE_PHONE         telephone number for families, shown on every page of their site
KINLINE_TIME_ZONE     where the bureau works, such as ``Europe/Kyiv`` (the default) or ``Asia/Tbilisi``
KINLINE_SCRATCH       ``1`` allows a PostgreSQL server that may forget at a power cut; for tests, never for families
KINLINE_HOSTS         names under which the sites are reached, separated by commas
KINLINE_TELEGRAM_TOKEN   what Telegram's BotFather gave for the bureau's bot; empty means no Telegram
KINLINE_TELEGRAM_API     where the Bot API is reached, if not at Telegram itself: a relay, or a stand-in
KINLINE_TELEGRAM_SECRET  what Telegram shows when it brings messages by webhook; empty means we ask for them
KINLINE_MAIL_ADDRESS  the bureau's own e-mail address; empty means no e-mail
KINLINE_MAIL_IMAP     where mails come in: ``imaps://user@host/folder``, or ``imap+starttls://``; the folder is INBOX
KINLINE_MAIL_LMTP     where our own mail server hands mails over: ``lmtp://127.0.0.1:2424``; instead of, or beside, IMAP
KINLINE_MAIL_SMTP     where letters go out: ``smtps://user@host``, or ``smtp+starttls://user@host:587``
KINLINE_MAIL_IMAP_PASSWORD  what the mailbox is opened with
KINLINE_MAIL_SMTP_PASSWORD  what letters are sent with, if not with the same
KINLINE_SMS_PROVIDER  file that describes the SMS provider's interface; empty means no SMS
KINLINE_SMS_ADDRESS   where the provider is reached, such as ``https://api.sms.example``
KINLINE_SMS_SECRET    what messages are sent with
KINLINE_SMS_HOOK_SECRET  what the provider signs with when it brings messages by itself; empty: it brings none
KINLINE_SMS_NUMBER    the bureau's own number, as the provider knows it
KINLINE_MAIL_TRUSTED  names that the bureau's own mail servers sign Authentication-Results with, separated by commas
KINLINE_TELEPHONE_LISTEN   where calls are answered by SIP, such as ``0.0.0.0:5060``; empty means no telephone
KINLINE_TELEPHONE_SEEN_AS  the address by which the trunk reaches this machine, if it is another one
KINLINE_TELEPHONE_SOUNDS   ports for sound (RTP), two a call: ``16384-16583``
KINLINE_TELEPHONE_FROM     addresses from which calls are taken, separated by commas; empty means from anywhere
KINLINE_TELEPHONE_TRUNK    where the line is registered: ``sip:user@host:port``; empty means nowhere
KINLINE_TELEPHONE_PASSWORD what it is registered with
KINLINE_TELEPHONE_PERSON   to whom a caller is passed on who needs a person: ``sip:staff@host``; empty: called back
KINLINE_TELEPHONE_COUNTRY  two letters of the country whose numbers come without their country: ``UA``
KINLINE_TELEPHONE_LINE     what this line is called beside other lines: ``main``
KINLINE_TELEPHONE_PROMPTS  folder with the bureau's own recordings; what is not in it is said by ours
KINLINE_VOICE_SECRET   what a provider of calls signs with, and gives recordings out for; empty means no such provider
KINLINE_VOICE_ACCOUNT  our account with it
KINLINE_VOICE_ADDRESS  where it reaches the site for providers: ``https://hooks.bureau.example``
KINLINE_VOICE_API      where recordings lie, if not at ``https://api.twilio.com``
KINLINE_VOICE_LINE     what this line is called beside other lines: ``cloud``
KINLINE_VOICE_PERSON   to whom a caller is passed on who needs a person: a number, or ``sip:staff@host``
"""

import os
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from kinline import keys
from kinline.sites import database, records
from kinline.sites.rooms import ROOMS

DATA = Path(os.environ.get("KINLINE_DATA", "var")).resolve()
SITE = os.environ.get("KINLINE_SITE", "desk")
DEMO = os.environ.get("KINLINE_DEMO", "") == "1"
IS_DESK = SITE == "desk"
BUREAU = {"phone": os.environ.get("KINLINE_PHONE", "")}
# The token never comes near the families' site: that only hears, and needs no more than the bot's number.
_TOKEN = os.environ.get("KINLINE_TELEGRAM_TOKEN", "")
TELEGRAM = {
    "token": _TOKEN if IS_DESK else "",
    "account": _TOKEN.partition(":")[0],
    "api": os.environ.get("KINLINE_TELEGRAM_API", "https://api.telegram.org"),
    "secret": os.environ.get("KINLINE_TELEGRAM_SECRET", ""),
}
# Neither passwords nor servers come near the families' site: it neither sends nor fetches.
_MAIL_PASSWORD = os.environ.get("KINLINE_MAIL_IMAP_PASSWORD", "")
MAIL = {
    "address": os.environ.get("KINLINE_MAIL_ADDRESS", ""),
    "imap": os.environ.get("KINLINE_MAIL_IMAP", "") if IS_DESK else "",
    "lmtp": os.environ.get("KINLINE_MAIL_LMTP", "") if IS_DESK else "",
    "imap_password": _MAIL_PASSWORD if IS_DESK else "",
    "smtp": os.environ.get("KINLINE_MAIL_SMTP", "") if IS_DESK else "",
    "smtp_password": os.environ.get("KINLINE_MAIL_SMTP_PASSWORD", _MAIL_PASSWORD) if IS_DESK else "",
}
# The secret to send with stays with the worker; the one to hear with, at the door where providers knock.
SMS = {
    "provider": os.environ.get("KINLINE_SMS_PROVIDER", ""),
    "address": os.environ.get("KINLINE_SMS_ADDRESS", "") if IS_DESK else "",
    "secret": os.environ.get("KINLINE_SMS_SECRET", "") if IS_DESK else "",
    "hook_secret": os.environ.get("KINLINE_SMS_HOOK_SECRET", "") if SITE == "hooks" else "",
    "number": os.environ.get("KINLINE_SMS_NUMBER", ""),
}
MAIL_TRUSTED = [*filter(None, map(str.strip, os.environ.get("KINLINE_MAIL_TRUSTED", "").split(",")))]

# The line is answered by the desk's worker alone.
_TELEPHONE = {"listen": "", "seen_as": "", "sounds": "16384-16583", "from": "", "trunk": "", "password": ""} | {
    "person": "",
    "country": "",
    "line": "main",
    "prompts": "",
}
TELEPHONE = {
    name: os.environ.get(f"KINLINE_TELEPHONE_{name.upper()}", usual) if IS_DESK or name == "prompts" else usual
    for name, usual in _TELEPHONE.items()
}
# A provider's calls are answered at its door; the worker fetches what they left. The families' site knows neither.
_VOICE = {"secret": "", "account": "", "address": "", "api": "https://api.twilio.com", "line": "cloud", "person": ""}
VOICE = {
    name: os.environ.get(f"KINLINE_VOICE_{name.upper()}", usual) if SITE in {"desk", "hooks"} else usual
    for name, usual in _VOICE.items()
}

keys.keep_in(DATA / "keys")
SECRET_KEY = keys.pages().hex()
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *filter(None, os.environ.get("KINLINE_HOSTS", "").split(","))]

_ONLY_AT_THE_DESK = [
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
]
INSTALLED_APPS = [
    *(_ONLY_AT_THE_DESK if IS_DESK else []),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django_tasks",
    *(f"kinline.{room}" for room in ROOMS),
]

ROOT_URLCONF = f"kinline.sites.{SITE}"
WSGI_APPLICATION = "kinline.sites.wsgi.application"

_EVERYWHERE = [
    "kinline.sites.headers.SecurityHeaders",
    "kinline.sites.compression.Compress",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
]
# The families' site has no session, no sign-in and no cookie: there is nothing to steal and nothing to find on a phone.
MIDDLEWARE = (
    [
        *_EVERYWHERE[:2],
        "whitenoise.middleware.WhiteNoiseMiddleware",
        "kinline.sites.sessions.Session",
        *_EVERYWHERE[2:],
        "django.middleware.csrf.CsrfViewMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
        "django.contrib.messages.middleware.MessageMiddleware",
        "allauth.account.middleware.AccountMiddleware",
        "kinline.sites.sessions.WorkingDay",
        "kinline.sites.sign_in.InTheOfficersLanguage",
        "kinline.sites.first_password.Changed",
        "kinline.sites.second_factor.Required",
    ]
    if IS_DESK
    else _EVERYWHERE
)

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        # The sign-in library's pages in the look of the desk.
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "kinline.sites.context.site",
                *(["kinline.sites.context.desk"] if IS_DESK else []),
                *(["django.contrib.auth.context_processors.auth"] if IS_DESK else []),
                *(["django.contrib.messages.context_processors.messages"] if IS_DESK else []),
            ],
        },
    }
]

DATABASES = {
    "default": database.from_url(
        os.environ.get("KINLINE_DATABASE_URL", ""),
        folder=DATA,
        zone="public" if SITE == "public" else "",
        scratch=os.environ.get("KINLINE_SCRATCH", "") == "1",
    )
}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "files"}},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    # Papers and sealed letters, each under its digest; never under an address that a browser can ask for.
    "exhibits": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "exhibits"}},
    # What the matching engine searches: made from the database at any time, so no copy of it is ever kept.
    "index": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": DATA / "index"}},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Holds the counts by which sign-in is throttled: in files, so that all processes of the desk count together. A full one
# drops some at random; with the usual 300 a guesser could empty the counts by guessing at many names.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": DATA / "throttle",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}
TASKS = {"default": {"BACKEND": "kinline.jobs.backend.Rows", "QUEUES": []}}

# --- Words ---
LANGUAGE_CODE = "uk"
LANGUAGES = [("uk", _("Ukrainian")), ("ru", _("Russian")), ("en", _("English"))]
LOCALE_PATHS = [
    Path(__file__).parent / "locale",
    Path(__file__).parents[2] / "kinrules" / "locale",
    Path(__file__).parents[2] / "kinmatch" / "locale",
]
LANGUAGE_COOKIE_NAME = "kl-language"
LANGUAGE_COOKIE_SECURE = not DEMO
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Strict"
USE_TZ = True
TIME_ZONE = os.environ.get("KINLINE_TIME_ZONE", "Europe/Kyiv")

# --- Who may come in ---
AUTH_USER_MODEL = "staff.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "kinline.sites.sign_in.ByInvitation"
MFA_ADAPTER = "kinline.sites.sign_in.SecondFactor"
_FORMS = "kinline.sites.sign_in_forms"
ACCOUNT_FORMS = {
    "login": f"{_FORMS}.Login",
    "change_password": f"{_FORMS}.ChangePassword",
    "reauthenticate": f"{_FORMS}.Reauthenticate",
}
MFA_FORMS = {
    "authenticate": f"{_FORMS}.Authenticate",
    "reauthenticate": f"{_FORMS}.ReauthenticateByCode",
    "activate_totp": f"{_FORMS}.ActivateApp",
    "add_webauthn": f"{_FORMS}.AddKey",
    "edit_webauthn": f"{_FORMS}.RenameKey",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "20/m/ip,5/5m/key", "reauthenticate": "10/m/user"}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
SECOND_FACTOR_REQUIRED = not DEMO
MFA_TOTP_ISSUER = "Kinline"
# One step of half a minute either way: telephones' clocks differ (RFC 6238, 5.2). A code still works only once.
MFA_TOTP_TOLERANCE = 1
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
SILENCED_SYSTEM_CHECKS = ["urls.W002"]

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_NAME = "kl" if DEMO else "__Host-kl"
SESSION_COOKIE_AGE = 15 * 60
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEMO
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Strict"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_WHOLE_DAY_SECONDS = 8 * 60 * 60
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "kinline.sites.pages.form_expired"
MESSAGE_STORAGE = "kinline.sites.notices.InTheOfficersLanguage"

# --- The wire ---
SECURE_PROXY_SSL_HEADER = None if DEMO else ("HTTP_X_FORWARDED_PROTO", "https")
STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600
# Forms are text; registers are larger and go to disk.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_PERMISSIONS = 0o600

LOGGING = records.LOGGING
LOGGING_CONFIG = "logging.config.dictConfig"
