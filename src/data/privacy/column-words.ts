/**
 * Names of columns that say that they hold data of persons, without separators and accents. Words that mean other things as well
 * (name, mobile, address, contact, user) are not among them.
 */
export const TELLING_NAMES: ReadonlySet<string> = new Set(
  `
  email emails emailaddress emailaddresses mailaddress mailaddr emailaddr emailadresse mailadresse adressemail adresseemail courriel
  correoelectronico correo indirizzoemail eposta epost epostadress emailadres enderecoemail

  phone phones phonenumber phonenumbers phoneno phonenr telephone telephonenumber telephoneno mobilephone mobilenumber mobileno
  cellphone cellnumber faxnumber telefon telefonnummer telefonnr handynummer mobilnummer mobiltelefon rufnummer numerotelephone
  numerodetelephone telefono numerotelefono numerodetelefono numeroditelefono telefone telefoonnummer numertelefonu puhelinnumero

  firstname lastname givenname givennames familyname surname forename middlename maidenname fullname birthname patientname
  employeename studentname passengername applicantname personname cardholdername vorname nachname familienname geburtsname prenom
  nomdefamille nomdenaissance apellido apellidos primerapellido segundoapellido sobrenome cognome voornaam achternaam imie nazwisko
  fornamn efternamn fornavn etternavn efternavn etunimi sukunimi

  dateofbirth birthdate birthday dob datebirth geburtsdatum geburtstag datedenaissance datenaissance fechadenacimiento
  fechanacimiento datadenascimento datanascimento datadinascita datanascita geboortedatum dataurodzenia fodelsedatum syntymaaika

  ssn socialsecuritynumber socialsecurityno nationalid nationalidnumber nationalinsurancenumber nino nhsnumber passportnumber
  passportno passport driverslicense driverslicence driverlicense driverlicensenumber driverslicensenumber drivinglicence
  taxpayerid sozialversicherungsnummer steueridentifikationsnummer personalausweisnummer reisepassnummer numerosecuritesociale
  numerodesecuritesociale codicefiscale bsn burgerservicenummer pesel cpf personnummer fodselsnummer henkilotunnus rijksregisternummer
  aadhaar aadhaarnumber curp

  creditcard creditcardnumber creditcardno cardnumber cardno paymentcard debitcard debitcardnumber cvv cvc kreditkarte
  kreditkartennummer numerodetarjeta iban bankaccount bankaccountnumber accountiban kontonummer

  streetaddress homeaddress postaladdress mailingaddress residentialaddress ipaddress ipaddr ipaddresses clientip userip remoteip
  sourceip srcip ipadresse licenseplate licenceplate numberplate kennzeichen
  `
    .trim()
    .split(/\s+/),
);

/** Parts of a name that make it speak of something else: whether there is one, how many, or what was made of it. */
export const TURNING_WORDS: ReadonlySet<string> = new Set(
  `is has have had was were can may no non without with verified valid invalid num number count counts n nr total hash hashed
   masked encrypted anonymized anonymised pseudonymized redacted tokenized missing opt optin wants allow allowed type format
   length len domain flag bool hat ist anzahl avec sans nb tiene con sin`.split(/\s+/),
);
