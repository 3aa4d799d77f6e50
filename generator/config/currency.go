package config

import (
	"fmt"
	"slices"
	"strings"

	"proofpack/generator/diag"
)

// currencies are the codes of ISO 4217 for money in use.
var currencies = strings.Fields(`
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF
CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD
HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD
MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN
PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY
TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG`)

// currencySigns are signs that people write where the code is meant.
var currencySigns = map[string]string{"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "Fr.": "CHF"}

func currencyField(name, means string, to *string) field {
	return field{name, means, schema{"type": "string", "pattern": "^[A-Z]{3}$", "default": "USD"}, func(r *reader, e entry) {
		w, ok := r.words(e)
		if !ok || slices.Contains(currencies, w) {
			if ok {
				*to = w
			}
			return
		}
		message := fmt.Sprintf("%q is not the code of a currency", w)
		near := currencySigns[w]
		if near == "" {
			near = diag.Nearest(w, currencies)
		}
		if near != "" {
			r.say(e.value.line, "bad-currency", fmt.Sprintf("%s. Did you mean %q?", message, near), "")
			return
		}
		r.say(e.value.line, "bad-currency", message, "write the three letters of ISO 4217, such as USD or EUR")
	}}
}
