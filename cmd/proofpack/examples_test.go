package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// quotedWord is a word of a command line, or words in quotes.
var quotedWord = regexp.MustCompile(`"[^"]*"|\S+`)

// Every example of a help text runs as it is printed, one after the other, in a
// folder that holds what it names.
func TestExamplesOfTheHelpRun(t *testing.T) {
	for _, c := range commands(&session{}) {
		t.Run(c.name, func(t *testing.T) {
			here := prepared(t, c.name)
			for _, e := range c.examples {
				var args []string
				for _, w := range quotedWord.FindAllString(e.line, -1)[1:] {
					args = append(args, strings.Trim(w, `"`))
				}
				if code := here.run(args...); code != exitOK {
					t.Errorf("%s: exit %d, it says:\n%s", e.line, code, here.words())
				}
			}
		})
	}
}

// prepared is a folder where the examples of a command find what they name:
// exports of October 2026, a key, a packet for those who read one.
func prepared(t *testing.T, command string) *call {
	t.Helper()
	here := &call{dir: t.TempDir()}
	for _, name := range []string{"HOME", "XDG_CONFIG_HOME", "AppData"} { // where key create puts a key
		t.Setenv(name, filepath.Join(here.dir, ".home"))
	}
	if command == "init" {
		return here
	}
	must := func(args ...string) {
		t.Helper()
		if code := here.run(args...); code != exitOK {
			t.Fatalf("%v: exit %d, it says:\n%s", args, code, here.words())
		}
	}
	for name, text := range map[string]string{
		"proofpack.yml":                 "company: Acme\ncurrency: USD\ntime-zone: UTC\nsign: {key: own/dana-ortiz.key}\n",
		"exports/2026-10/inventory.csv": "system_id,name,kind,owner\nVMH-01,vmh-01.corp,virtualization host,D. Ortiz\n",
	} {
		if err := writeNew(filepath.Join(here.dir, name), []byte(text), 0o644, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if command == "key" {
		return here
	}
	must("key", "create", "--name", "Dana Ortiz", "--out", "own")
	if command == "diff" || command == "backtest" {
		months(t, here, must)
		return here
	}
	if command != "open" && command != "verify" {
		return here
	}
	must("build", "--month", "2026-10")
	for from, to := range map[string]string{"keys/dana-ortiz.pem": "dana-ortiz.pem", "packets/2026-10/packet.pdf": "packet.pdf", "packets/archive/proofpack-acme-2026-10.zip": "proofpack-acme-2026-10.zip"} {
		data, err := os.ReadFile(filepath.Join(here.dir, from))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(here.dir, to), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return here
}

// months are two built months, their archives by short names, and an incident.
func months(t *testing.T, here *call, must func(...string)) {
	t.Helper()
	for name, text := range map[string]string{
		"exports/2026-09/inventory.csv": "system_id,name,kind,owner\nVMH-01,vmh-01.corp,virtualization host,\n",
		"exports/2026-10/services.csv":  "svc_id,name,stops,cost_per_hour_usd,rto_hours,owner\nSVC-1,Shipping,revenue,100,4,D. Ortiz\n",
		"exports/2026-10/incidents.csv": "incident_id,started,restored,service_id,root_asset,cost_usd\nINC-9,2026-10-17 06:00,2026-10-19 06:00,SVC-1,VMH-01,100\n",
	} {
		if err := writeNew(filepath.Join(here.dir, name), []byte(text), 0o644, 0o755); err != nil {
			t.Fatal(err)
		}
	}
	for _, m := range []struct{ month, short string }{{"2026-09", "a.zip"}, {"2026-10", "b.zip"}} {
		must("build", "--month", m.month)
		data, err := os.ReadFile(filepath.Join(here.dir, "packets/archive/proofpack-acme-"+m.month+".zip"))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(here.dir, m.short), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
