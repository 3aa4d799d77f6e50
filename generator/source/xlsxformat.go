package source

import "unicode/utf8"

// A numberFormat is what a format says of the meaning of a number.
type numberFormat struct {
	kind     formatKind
	fraction bool // shows parts of a second
	zeros    int  // plain: shows at least so many digits, as in 00123
}

// A formatKind is what numbers of a format are.
type formatKind uint8

const (
	plainFormat formatKind = iota
	percent                // a share, shown times a hundred
	dayFormat              // a day
	dayAndClock            // a day and a time of day
	clockFormat            // a time of day, or a length of time
	elapsed                // a length of time in hours, minutes or seconds
)

// parseFormat reads a format code: its first section, which is the one of
// positive numbers, without what is in quotes, brackets or escaped.
func parseFormat(code string) numberFormat {
	var f numberFormat
	day, clock, month, digits := false, false, false, false
	zeros := 0
	for i := 0; i < len(code) && code[i] != ';'; i++ {
		c := code[i] | 0x20 // lower case of a letter
		if code[i] != '0' {
			zeros = -1
		} else if zeros >= 0 {
			zeros++
		}
		switch {
		case code[i] == '"':
			for i++; i < len(code) && code[i] != '"'; i++ {
			}
		case code[i] == '\\', code[i] == '_', code[i] == '*':
			if i+1 < len(code) {
				_, size := utf8.DecodeRuneInString(code[i+1:])
				i += size
			}
		case code[i] == '[':
			from := i + 1
			for i++; i < len(code) && code[i] != ']'; i++ {
			}
			if isElapsed(code[from:min(i, len(code))]) {
				f.kind = elapsed
			}
		case i+7 <= len(code) && equalASCII(code[i:i+7], "general"):
			i += 6
		case i+5 <= len(code) && equalASCII(code[i:i+5], "am/pm"):
			clock, i = true, i+4
		case i+3 <= len(code) && equalASCII(code[i:i+3], "a/p"):
			clock, i = true, i+2
		case code[i] == '%':
			digits, f.kind = true, max(f.kind, percent)
		case c == 'e' && i+1 < len(code) && (code[i+1] == '+' || code[i+1] == '-'):
			digits = true
			i++
		case c == 'm':
			for i+1 < len(code) && code[i+1]|0x20 == 'm' {
				i++
			}
			month = true
		case c == 'y', c == 'd', c == 'b', c == 'g', c == 'e':
			day = true
		case c == 'h', c == 's':
			clock = true
		case code[i] == '0' && i > 0 && code[i-1] == '.' && clock:
			f.fraction = true
		case code[i] == '0' && f.fraction && clock:
		case code[i] == '0', code[i] == '#', code[i] == '?', code[i] == '@':
			digits = true
		}
	}
	switch {
	case f.kind == elapsed:
	case digits:
		// A number with letters among its digits ("0 d") is a number.
	case day && clock:
		f.kind = dayAndClock
	case day, month && !clock:
		f.kind = dayFormat
	case clock:
		f.kind = clockFormat
	}
	if zeros > 1 && f.kind == plainFormat {
		f.zeros = zeros
	}
	return f
}

// isElapsed says that brackets hold h, m or s alone, not a colour, a condition
// or a language.
func isElapsed(inside string) bool {
	if inside == "" {
		return false
	}
	first := inside[0] | 0x20
	for i := range len(inside) {
		if inside[i]|0x20 != first {
			return false
		}
	}
	return first == 'h' || first == 'm' || first == 's'
}

func equalASCII(s, lower string) bool {
	for i := range len(s) {
		if s[i]|0x20 != lower[i]|0x20 {
			return false
		}
	}
	return true
}

// builtInFormat is a format that workbooks use by number alone: ECMA-376 part
// 1, 18.8.30. Those of East Asia, 27 to 36 and 50 to 58, are dates in one
// language and times in another; a number has a day, or is a time of day.
func builtInFormat(id int) numberFormat {
	switch {
	case id == 9 || id == 10:
		return numberFormat{kind: percent}
	case id >= 14 && id <= 17, id >= 27 && id <= 31, id == 36, id >= 50 && id <= 54, id == 57, id == 58:
		return numberFormat{kind: dayFormat}
	case id >= 18 && id <= 21, id >= 32 && id <= 35, id == 45, id == 55, id == 56:
		return numberFormat{kind: clockFormat}
	case id == 22:
		return numberFormat{kind: dayAndClock}
	case id == 46:
		return numberFormat{kind: elapsed}
	case id == 47:
		return numberFormat{kind: clockFormat, fraction: true}
	}
	return numberFormat{}
}
