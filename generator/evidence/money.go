package evidence

import (
	"math"
	"strconv"

	"proofpack/generator/diag"
)

// Money is an amount as printed: "$13,400" for US dollars, "EUR 13,400" for any
// other currency. Whole units, two decimals where the amount has a fraction.
func Money(amount float64, currency string) string {
	cents := math.Round(math.Abs(amount) * 100)
	whole := int(cents) / 100
	text := Whole(whole)
	if rest := int(cents) % 100; rest != 0 {
		text += "." + strconv.Itoa(rest/10) + strconv.Itoa(rest%10)
	}
	if currency == "USD" {
		text = "$" + text
	} else {
		text = currency + " " + text
	}
	if amount < 0 && cents > 0 {
		text = "-" + text
	}
	return text
}

// InMoney is a figure that is an amount, as Money prints it.
func InMoney(amount float64, currency, formula string, sources ...diag.Pos) Figure {
	return Figure{Text: Money(amount, currency), Value: amount, Unit: currency, Formula: formula, Sources: sources}
}
