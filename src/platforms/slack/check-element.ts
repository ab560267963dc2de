import { type Found, type Report, recordAt, recordsAt, textAt } from './found.ts';
import { LIMITS } from './limits.ts';

const BUTTON_STYLES = new Set<unknown>([undefined, 'primary', 'danger']);
const KNOWN = new Set(
  (
    'button checkboxes datepicker datetimepicker image overflow radio_buttons workflow_button icon_button feedback_buttons timepicker ' +
    'static_select multi_static_select external_select multi_external_select users_select multi_users_select ' +
    'conversations_select multi_conversations_select channels_select multi_channels_select'
  ).split(' '),
);
const OPTION_LIMITS: Readonly<Record<string, number>> = {
  overflow: LIMITS.overflowOptions,
  checkboxes: LIMITS.choiceOptions,
  radio_buttons: LIMITS.choiceOptions,
  static_select: LIMITS.options,
  multi_static_select: LIMITS.options,
};

/** Reports what Slack would refuse this element of an actions block or section for. */
export function checkElement(element: Found, report: Report): void {
  const { type } = element.value;
  if (typeof type !== 'string' || !KNOWN.has(type)) {
    report(`${element.pointer}/type`, `${JSON.stringify(type) ?? 'undefined'} is no element of a message`);
    return;
  }
  textAt(element, 'action_id', { min: 1, max: LIMITS.actionId, optional: true, report });
  if (type === 'image') checkImage(element, report);
  if (type === 'button') checkButton(element, report);
  const optionsMax = Object.hasOwn(OPTION_LIMITS, type) ? OPTION_LIMITS[type] : undefined;
  if (optionsMax !== undefined) checkOptions(element, optionsMax, report);
  const placeholder = recordAt(element, 'placeholder', { report, optional: true });
  checkTextObject(placeholder, { max: LIMITS.placeholder, plain: true, report });
  const confirm = recordAt(element, 'confirm', { report, optional: true });
  if (confirm !== undefined) checkConfirm(confirm, report);
}

/** Reports a text object that is too long, empty, or of the wrong kind; nothing for one that is absent. */
export function checkTextObject(
  object: Found | undefined,
  { max, plain = false, report }: { readonly max: number; readonly plain?: boolean; readonly report: Report },
): void {
  if (object === undefined) return;
  const { type, verbatim, emoji } = object.value;
  if (type !== 'plain_text' && (plain || type !== 'mrkdwn'))
    report(`${object.pointer}/type`, plain ? 'must be plain_text' : 'must be plain_text or mrkdwn');
  if (verbatim !== undefined && type !== 'mrkdwn') report(`${object.pointer}/verbatim`, 'belongs to mrkdwn only');
  if (emoji !== undefined && type !== 'plain_text') report(`${object.pointer}/emoji`, 'belongs to plain_text only');
  textAt(object, 'text', { min: 1, max, report });
}

/** Reports an image, block or element, that lacks its text or its one address. */
export function checkImage(image: Found, report: Report): void {
  textAt(image, 'alt_text', { max: LIMITS.imageAlt, report });
  const { image_url: url, slack_file: file } = image.value;
  if ((url === undefined) === (file === undefined)) report(image.pointer, 'needs either image_url or slack_file');
  if (url !== undefined) checkUrl(image, 'image_url', report);
}

function checkButton(button: Found, report: Report): void {
  checkTextObject(recordAt(button, 'text', { report }), { max: LIMITS.buttonText, plain: true, report });
  if (!BUTTON_STYLES.has(button.value.style)) report(`${button.pointer}/style`, 'must be primary or danger');
  textAt(button, 'value', { max: LIMITS.buttonValue, optional: true, report });
  textAt(button, 'accessibility_label', { max: LIMITS.accessibilityLabel, optional: true, report });
  if (button.value.url !== undefined) checkUrl(button, 'url', report);
}

function checkUrl(found: Found, key: string, report: Report): void {
  const url = textAt(found, key, { min: 1, max: LIMITS.url, report });
  if (url !== undefined && !(/^https?:\/\//i.test(url) && URL.canParse(url)))
    report(`${found.pointer}/${key}`, 'must be an http or https address');
}

function checkOptions(element: Found, max: number, report: Report): void {
  const { options, option_groups: groups } = element.value;
  if ((options === undefined) === (groups === undefined)) {
    report(element.pointer, 'needs either options or option_groups');
    return;
  }
  const lists =
    options !== undefined ? [element] : recordsAt(element, 'option_groups', { min: 1, max: LIMITS.options, report });
  for (const list of lists) {
    for (const option of recordsAt(list, 'options', { min: 1, max, report })) {
      checkTextObject(recordAt(option, 'text', { report }), { max: LIMITS.optionText, report });
      textAt(option, 'value', { min: 1, max: LIMITS.optionValue, report });
    }
  }
}

function checkConfirm(confirm: Found, report: Report): void {
  const parts = [
    ['title', LIMITS.confirmTitle],
    ['text', LIMITS.confirmText],
    ['confirm', LIMITS.confirmButton],
    ['deny', LIMITS.confirmButton],
  ] as const;
  for (const [key, max] of parts) checkTextObject(recordAt(confirm, key, { report, optional: true }), { max, report });
}
