import type { Form } from './form.ts';
import { forms } from './forms/index.ts';
import type { FormedValue, FormName, Value } from './value.ts';

/** The form that a value is said in; undefined for what none of them is. */
export function formOf(value: FormedValue): Form<FormedValue> | undefined {
  const name = Object.keys(value).find((key): key is FormName => Object.hasOwn(forms, key));
  // The key tells the form, and the form what stands beside it: more than the compiler can follow.
  return name && (forms[name] as unknown as Form<FormedValue>);
}

export const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
