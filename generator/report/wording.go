package report

import (
	"math"
	"strconv"
	"strings"

	"proofpack/generator/evidence"
)

// small numbers are words in a sentence that counts things.
var smallNumbers = []string{"no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"}

// counted is a number with its noun in a sentence: "one step", "five steps",
// "12 steps". Figures that need an address are not printed by it.
func counted(n int, noun string) string {
	return inWords(n) + " " + evidence.Noun(n, noun, noun+"s")
}

// inWords is a small number as a word of a sentence: "two", "12".
func inWords(n int) string {
	if n < len(smallNumbers) {
		return smallNumbers[n]
	}
	return evidence.Whole(n)
}

// upper begins a sentence.
func upper(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// number is a number without needless decimals: "4", "7.5".
func number(v float64) string { return strconv.FormatFloat(math.Round(v*100)/100, 'f', -1, 64) }

// hoursWords is a length of time as tables print it: "6.5 h", "31 h", and days
// from 96 hours on.
func hoursWords(h float64) string {
	switch {
	case h > 96:
		return number(math.Round(h/24)) + " d"
	case h < 10:
		return number(math.Round(h*10)/10) + " h"
	}
	return number(math.Round(h)) + " h"
}

// stop ends a sentence that does not end itself.
func stop(s evidence.Statement) string {
	text := s.String()
	if text == "" || strings.ContainsAny(text[len(text)-1:], ".!?") {
		return ""
	}
	return "."
}

// sentence is a text of the user's that ends like one, or the absence in words.
func sentence(s, absence string) Text {
	if s == "" {
		return absent(absence)
	}
	if !strings.ContainsAny(s[len(s)-1:], ".!?") {
		s += "."
	}
	return words(s)
}
