package assess

import (
	"testing"
	"time"
)

func TestPatchWindows(t *testing.T) {
	for _, c := range []struct {
		words string
		in    []string // instants inside it
		out   []string
	}{
		{"Sat 22:00-02:00",
			[]string{"2026-05-16 22:00", "2026-05-16 23:59", "2026-05-17 00:00", "2026-05-17 01:59"},
			[]string{"2026-05-16 21:59", "2026-05-17 02:00", "2026-05-17 22:00", "2026-05-16 01:00", "2026-05-18 01:00"}},
		{"Mon-Fri 20:00-23:30", []string{"2026-05-18 20:00", "2026-05-22 23:29"}, []string{"2026-05-22 23:30", "2026-05-23 21:00", "2026-05-18 19:59"}},
		{"Fri-Mon 20:00 - 23:00", []string{"2026-05-22 20:00", "2026-05-25 20:00"}, []string{"2026-05-26 20:00"}},
		{"Tue, Thu 18:00–20:00", []string{"2026-05-19 18:00", "2026-05-21 19:59"}, []string{"2026-05-20 18:00"}},
		{"Saturdays and Sundays 06:00-10:00", []string{"2026-05-23 06:00", "2026-05-24 09:59"}, []string{"2026-05-22 06:00"}},
		{"daily 1am-5am", []string{"2026-05-20 01:00", "2026-05-20 04:59"}, []string{"2026-05-20 05:00", "2026-05-20 00:59"}},
		{"22:00-04:00", []string{"2026-05-20 22:00", "2026-05-21 03:59"}, []string{"2026-05-21 04:00"}},
		{"weekdays 12am-12pm", []string{"2026-05-20 00:00", "2026-05-20 11:59"}, []string{"2026-05-20 12:00", "2026-05-24 01:00"}},
		{"Sun 00:00-24:00", []string{"2026-05-24 00:00", "2026-05-24 23:59"}, []string{"2026-05-25 00:00", "2026-05-23 23:59"}},
		{"Sat 22:00-02:00; Wed 03:00-04:00", []string{"2026-05-23 22:00", "2026-05-20 03:00"}, []string{"2026-05-20 04:00"}},
		{"3rd Sun 22:00-04:00", []string{"2026-05-17 22:00", "2026-05-18 03:59"}, []string{"2026-05-24 22:00", "2026-05-10 22:00", "2026-05-11 03:00"}},
		{"last Sat of the month 20:00-22:00", []string{"2026-05-30 20:00"}, []string{"2026-05-23 20:00"}},
	} {
		t.Run(c.words, func(t *testing.T) {
			w, ok := parseWindow(c.words)
			if !ok {
				t.Fatal("it cannot be read")
			}
			for _, at := range c.in {
				if !w.holds(clock(at)) {
					t.Errorf("%s lies outside", at)
				}
			}
			for _, at := range c.out {
				if w.holds(clock(at)) {
					t.Errorf("%s lies inside", at)
				}
			}
		})
	}
}

func TestWindowsThatCannotBeRead(t *testing.T) {
	for _, words := range []string{"", "Sat", "soon", "Sat 22:00", "Sat 25:00-26:00", "Sat 22:60-23:00", "Sat 22:00-02:00 unless busy", "3rd 22:00-02:00", "Sat 13pm-2am", "Sat 22:00-02:00; soon", "Sxt 22:00-02:00", "22:00-02:00 03:00-04:00", "S 1-2"} {
		if w, ok := parseWindow(words); ok {
			t.Errorf("%q is read as %+v", words, w)
		}
	}
}

func TestDaysThatAWindowTouches(t *testing.T) {
	w, _ := parseWindow("Sat 22:00-02:00")
	for day, want := range map[string]bool{"2026-05-22": false, "2026-05-23": true, "2026-05-24": true, "2026-05-25": false} {
		if got := w.touches(on(day)); got != want {
			t.Errorf("%s: %t, want %t", day, got, want)
		}
	}
	if w, _ := parseWindow("Sat 22:00-00:00"); w.touches(on("2026-05-24")) {
		t.Error("a window that ends at midnight reaches into the next day")
	}
}

// FuzzParseWindow: whatever the words, nothing breaks, and what is read holds
// or does not hold an instant without a doubt.
func FuzzParseWindow(f *testing.F) {
	for _, seed := range []string{"Sat 22:00-02:00", "3rd Sun 22-4", "daily 1am-5am", "Mon-Fri; ;", "last last sat 1-2", "24:00-24:00", "mon-fri-sat 1-2"} {
		f.Add(seed)
	}
	at := time.Date(2026, 5, 31, 23, 59, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, words string) {
		w, ok := parseWindow(words)
		if ok && len(w) == 0 || !ok && w != nil {
			t.Errorf("%q: %v %t", words, w, ok)
		}
		if w.holds(at) && !w.touches(at) {
			t.Errorf("%q holds an instant of a day that it does not touch", words)
		}
	})
}
