/** Opens an address; Slack reports the click all the same. */
export const OPEN_PREFIX = 'bellhop_open_';
/** A button whose `value` is the id of a `Press`. */
export const PRESS_PREFIX = 'bellhop_press_';
/** A menu whose options' values are the ids of presses. */
export const MENU_PREFIX = 'bellhop_menu_';
/** The message shortcut: why a message came. */
export const WHY_SHORTCUT = 'bellhop_why';
