import { EMAIL } from './email.ts';
import type { Form } from './form.ts';
import { IBAN } from './iban.ts';
import { IP_ADDRESSES } from './ip-address.ts';
import { NATIONAL_IDS } from './national-ids.ts';
import { PAYMENT_CARDS } from './payment-card.ts';
import { PHONES } from './phone.ts';

/** Every form in which personal data is looked for in values. */
export const FORMS: readonly Form[] = [EMAIL, ...PHONES, ...PAYMENT_CARDS, IBAN, ...NATIONAL_IDS, ...IP_ADDRESSES];
