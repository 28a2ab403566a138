"""What is done to people, keys and devices, by theme."""

from onewindow.accounts.actions.devices import (
    make_device,
    make_printer,
    new_address,
    reload_device,
    rename_device,
    retire_device,
    set_printer,
    set_printing,
)
from onewindow.accounts.actions.guesses import note_wrong, stop_guessing
from onewindow.accounts.actions.keys import create_key, revoke_key
from onewindow.accounts.actions.pairing import pair
from onewindow.accounts.actions.people import (
    activate,
    add_user,
    came,
    choose_language,
    create_user,
    deactivate,
    edit_person,
    forget_pin,
    reset_password,
    set_badge,
    set_password,
    set_pin,
    unlock,
    went,
)
from onewindow.accounts.actions.photos import set_photo, take_photo
from onewindow.accounts.actions.roles import give_role, take_role
from onewindow.accounts.actions.second_factor import (
    renew_recovery_codes,
    reset_second_factor,
    set_up_second_factor,
    turn_off_second_factor,
    use_code,
)
from onewindow.accounts.actions.sign_ins import end_sign_ins, follow_sign_in, note_sign_in

__all__ = [
    "activate",
    "add_user",
    "came",
    "choose_language",
    "create_key",
    "create_user",
    "deactivate",
    "edit_person",
    "end_sign_ins",
    "follow_sign_in",
    "forget_pin",
    "give_role",
    "make_device",
    "make_printer",
    "new_address",
    "note_sign_in",
    "note_wrong",
    "pair",
    "reload_device",
    "rename_device",
    "renew_recovery_codes",
    "reset_password",
    "reset_second_factor",
    "retire_device",
    "revoke_key",
    "set_badge",
    "set_password",
    "set_photo",
    "set_pin",
    "set_printer",
    "set_printing",
    "set_up_second_factor",
    "stop_guessing",
    "take_photo",
    "take_role",
    "turn_off_second_factor",
    "unlock",
    "use_code",
    "went",
]
