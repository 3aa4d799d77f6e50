// Package config reads proofpack.yml: how to read exports, how to judge them
// and how to publish. It is strict, and every problem has its line. Facts are
// never in it: services, owners and tasks are rows of exports.
package config

import (
	"slices"
	"time"

	"proofpack/generator/diag"
)

// A Config is what proofpack.yml says, with defaults where it is silent.
type Config struct {
	File     string         // the file it was read from, as named to Parse
	Company  string         // as printed on every page; "" only beside a problem
	Currency string         // ISO 4217, "USD" when nothing is said
	TimeZone *time.Location // where days and months begin and end; UTC when nothing is said
	Exports  string         // folder of a month's exports; {month} stands for YYYY-MM
	Policy   Policy
	Sources  []Source    // in the order of the file
	Aliases  []Alias     // in the order of the file
	Publish  []Published // in the order of the file
	Waivers  []Waiver    // secrets that somebody says are none, in the order of the file
	Theme    string      // a built-in theme, or a folder laid over it; "" for the default
	Packet   Packet
	Sign     Sign
}

// DefaultExports is the folder of a month's exports when nothing is said.
const DefaultExports = "exports/{month}"

// An Alias says that exports name a system by other names.
type Alias struct {
	System string   // a system of the inventory
	Names  []string // other names, as exports write them
	Line   int
}

// Packet is how the board packet is printed.
type Packet struct {
	Paper string   // "letter" or "a4"
	Signs []string // who signs on paper, in order; each has a line
}

// Sign is what the packet is signed with; both are paths.
type Sign struct {
	Key         string // PEM or PKCS#12; "" when none is configured
	Certificate string // PEM; "" when it stands in the key's file
}

// Parse reads a configuration. It answers every problem of the file at once, in
// the order of lines; the Config is whole only when there are none. name is the
// path that problems print.
func Parse(name string, data []byte) (*Config, []*diag.Problem) {
	r := &reader{file: name}
	c := &Config{File: name, Currency: "USD", TimeZone: time.UTC, Exports: DefaultExports, Packet: Packet{Paper: "letter"}}
	c.Policy = Defaults()
	text, ok := r.plain(data)
	if !ok {
		return c, r.sorted()
	}
	root := r.tree(text)
	if root == nil {
		return c, r.sorted()
	}
	r.fields(root, theTop, topFields(c))
	if c.Company == "" && !stands("company", root) {
		r.say(0, "no-company", "the company is not named", "add a line: company: Halden Supply Co.")
	}
	c.Policy.inCurrency(c.Currency)
	return c, r.sorted()
}

const theTop = "the top level"

// stands tells whether the key stands at the top, good or bad.
func stands(key string, root *node) bool {
	return slices.ContainsFunc(root.keys, func(e entry) bool { return e.key == key })
}

// topFields are the keys of proofpack.yml.
func topFields(c *Config) []field {
	return []field{
		textField("company", "name of the company, as printed on every page", &c.Company),
		currencyField("currency", "currency of every amount, three letters of ISO 4217", &c.Currency),
		zoneField("time-zone", "IANA time zone in which days and months begin and end", &c.TimeZone),
		folderField("exports", "folder of one month's exports; {month} stands for YYYY-MM", &c.Exports),
		policyField(&c.Policy),
		sourcesField(&c.Sources),
		aliasesField(&c.Aliases),
		publishField(&c.Publish),
		keysField("secrets", "what the search for secrets in cells may let pass", secretFields(&c.Waivers)),
		themeField("theme", "a built-in theme (plain, contrast), or a folder whose files replace those of the plain theme: colours, layout, fonts", &c.Theme),
		keysField("packet", "how the board packet is printed", packetFields(&c.Packet)),
		keysField("sign", "what the packet is signed with", signFields(&c.Sign)),
	}
}

func packetFields(p *Packet) []field {
	return []field{
		choiceField("paper", "size of paper, letter or a4", &p.Paper, []string{"letter", "a4"}),
		signsField(&p.Signs),
	}
}

func signFields(s *Sign) []field {
	return []field{
		textField("key", "private key: PEM holding key and certificate, or PKCS#12", &s.Key),
		textField("certificate", "certificate to give to auditors, when it is not in the key's file", &s.Certificate),
	}
}

// maxSigns is how many signature lines fit the packet's page 2.
const maxSigns = 4

func signsField(to *[]string) field {
	f := listField("signs", "who signs on paper; each gets a line", to)
	read := f.read
	f.read = func(r *reader, e entry) {
		read(r, e)
		if len(*to) > maxSigns {
			r.say(e.line, "too-many", "more than 4 people sign; the page has 4 lines", "name at most 4")
			*to = (*to)[:maxSigns]
		}
	}
	return f
}

// homeOf is the place in words where a key belongs, for one that stands
// elsewhere; "" when no place has it.
func homeOf(key string) string {
	for _, place := range []struct {
		where  string
		fields []field
	}{
		{theTop, topFields(&Config{})},
		{`"policy"`, policyFields(nil)},
		{`a source under "sources"`, sourceFields(&Source{})},
		{`"intake"`, intakeFields(&Intake{})},
		{`"packet"`, packetFields(&Packet{})},
		{`"sign"`, signFields(&Sign{})},
		{`"secrets"`, secretFields(nil)},
		{`an entry of "waive"`, waiverFields(&Waiver{}, new(*int))},
	} {
		for _, f := range place.fields {
			if f.name == key {
				return place.where
			}
		}
	}
	return ""
}
