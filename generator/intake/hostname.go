package intake

import (
	"strings"
	"unicode"
)

// bare is a name of a system without what tools put around it: DOMAIN\ and
// paths before it, a port, a scheme, a trailing dot, spaces. Its case is kept.
func bare(written string) string {
	s := strings.TrimSpace(strings.Map(dropInvisible, written))
	if _, rest, found := strings.Cut(s, "://"); found {
		s, _, _ = strings.Cut(rest, "/")
	}
	if i := strings.LastIndexByte(s, '\\'); i >= 0 && i < len(s)-1 {
		s = s[i+1:]
	}
	if _, is := isAddress(s); is {
		return s
	}
	if i := strings.LastIndexByte(s, ':'); i > 0 && allDigits(s[i+1:]) && !strings.Contains(s[:i], ":") {
		s = s[:i]
	}
	return strings.TrimSpace(strings.TrimSuffix(strings.Trim(s, "[]"), "."))
}

// bareName is bare, folded for comparing.
func bareName(written string) string { return fold(bare(written)) }

// isHost tells whether a folded name can be a host's, with or without its
// domain.
func isHost(name string) bool {
	if name == "" || len(name) > 253 {
		return false
	}
	if _, is := isAddress(name); is {
		return false
	}
	for _, r := range name {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '-' && r != '_' && r != '.' {
			return false
		}
	}
	return !strings.HasPrefix(name, ".") && !strings.HasSuffix(name, ".") && !strings.Contains(name, "..")
}

// hostLabel is the first label of a host's name, domainOf the rest; both are
// empty for a name that is no host's.
func hostLabel(name string) string {
	if !isHost(name) {
		return ""
	}
	label, _, _ := strings.Cut(name, ".")
	return label
}

func domainOf(name string) string {
	if !isHost(name) {
		return ""
	}
	_, domain, _ := strings.Cut(name, ".")
	return domain
}

// hardware is a MAC address in its one form; "" when the text is none, or the
// address of no card.
func hardware(text string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(strings.TrimSpace(text)) {
		switch {
		case r >= '0' && r <= '9' || r >= 'a' && r <= 'f':
			b.WriteRune(r)
		case r == ':' || r == '-' || r == '.':
		default:
			return ""
		}
	}
	mac := b.String()
	if len(mac) != 12 || mac == "000000000000" || mac == "ffffffffffff" || !strings.ContainsAny(text, ":-.") {
		return ""
	}
	return mac
}

// junkSerials are what makers and tools write where no serial number is.
var junkSerials = map[string]bool{
	"0": true, "none": true, "to be filled by o.e.m.": true, "to be filled by oem": true, "default string": true, "system serial number": true,
	"not specified": true, "not applicable": true, "not available": true, "unknown": true, "invalid": true, "chassis serial number": true, "123456789": true, "0123456789": true, "vmware": true, "n/a": true, "tbd": true,
}

// serialKey is a serial number for comparing; "" when it is junk.
func serialKey(serial string) string {
	s := fold(strings.TrimSpace(serial))
	if len(s) < 4 || junkSerials[s] || strings.Trim(s, "0") == "" || strings.Trim(s, "x") == "" || strings.Trim(s, ".") == "" {
		return ""
	}
	return s
}

// scripts are those whose letters look like one another's.
var scripts = []struct {
	name  string
	table *unicode.RangeTable
}{
	{"Latin", unicode.Latin}, {"Cyrillic", unicode.Cyrillic}, {"Greek", unicode.Greek}, {"Armenian", unicode.Armenian}, {"Cherokee", unicode.Cherokee},
}

// mixedScripts names the scripts of a name that mixes look-alike letters; nil
// for a name of one script.
func mixedScripts(name string) []string {
	var found []string
	for _, s := range scripts {
		if strings.ContainsFunc(name, func(r rune) bool { return unicode.Is(s.table, r) }) {
			found = append(found, s.name)
		}
	}
	if len(found) < 2 {
		return nil
	}
	return found
}
