import { expect, test } from 'vitest';
import { isTellingName } from '../../../src/data/privacy/column-names.ts';

test.each([
  [
    'email',
    'Email',
    'E-Mail',
    'e_mail',
    'customer_email',
    'customerEmail',
    'EMAIL_ADDRESS',
    'email2',
    'contact.email',
    'billing email 1',
  ],
  [
    'phone',
    'phone_number',
    'PhoneNumber',
    'mobile_phone',
    'home-phone',
    'Telefonnummer',
    'téléphone',
    'numero_de_telephone',
  ],
  ['first_name', 'FirstName', 'lastname', 'surname', 'Vorname', 'prénom', 'apellidos', 'patient_name', 'Imię'],
  ['date_of_birth', 'dob', 'birth_date', 'Geburtsdatum', 'fecha_nacimiento', 'data de nascimento'],
  ['ssn', 'SSN', 'social_security_number', 'passport_no', 'codiceFiscale', 'bsn', 'pesel'],
  ['credit_card_number', 'cardNumber', 'iban', 'IBAN_1', 'ip_address', 'clientIp', 'home_address'],
])('%s and others give it away', (...names) => {
  for (const name of names) expect([name, isTellingName(name)]).toEqual([name, true]);
});

test.each([
  [
    'filename',
    'file_name',
    'hostname',
    'host_name',
    'username',
    'name',
    'product_name',
    'column_name',
    'nickname_count',
  ],
  [
    'phoneme',
    'phonemes',
    'emailed_at',
    'email_sent',
    'email_id_hash',
    'num_emails',
    'email_count',
    'has_phone',
    'is_email_verified',
  ],
  [
    'PhoneService',
    'phone_model',
    'headphone',
    'hashed_email',
    'masked_ssn',
    'email_opt_in',
    'valid_email',
    'n_phones',
    'phones_sold',
  ],
  [
    'birth_year',
    'birthrate',
    'days_birth',
    'address',
    'ip',
    'zip',
    'recipient',
    'description',
    'equip_address',
    'session',
  ],
  ['cardinality', 'discard', 'scorecard', 'card_type', 'libanon', 'subsnippet', 'lesson', 'adobe', '', '2', '___'],
])('%s and others do not', (...names) => {
  for (const name of names) expect([name, isTellingName(name)]).toEqual([name, false]);
});
