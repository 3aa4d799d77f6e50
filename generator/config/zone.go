package config

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"proofpack/generator/diag"
)

// zoneField is an IANA time zone. "Local" is refused: the same file must mean
// the same on every machine.
func zoneField(name, means string, to **time.Location) field {
	return field{name, means, schema{"type": "string", "examples": []string{"America/Los_Angeles", "UTC"}}, func(r *reader, e entry) {
		w, ok := r.words(e)
		if !ok {
			return
		}
		if zone, err := time.LoadLocation(w); err == nil && !strings.EqualFold(w, "Local") {
			*to = zone
			return
		}
		fix := "write an IANA name, such as America/Los_Angeles, Europe/Berlin or UTC"
		if offset.MatchString(w) {
			fix = "write the place instead of the offset, such as America/Los_Angeles: an offset has no summer time"
		} else if near := nearestZone(w); near != "" {
			fix = "write " + near
		}
		r.say(e.value.line, "bad-zone", fmt.Sprintf("%q is not a time zone", w), fix)
	}}
}

var offset = regexp.MustCompile(`^(UTC|GMT)?\s*[+-]?\d`)

// nearestZone is the zone that was most likely meant, "" when none is near.
func nearestZone(w string) string {
	for _, z := range windowsZones {
		if strings.EqualFold(z[0], w) {
			return z[1]
		}
	}
	if near := diag.Nearest(w, commonZones); near != "" {
		return near
	}
	// A city alone, or with a region that is not the zone's.
	city := strings.ReplaceAll(w[strings.LastIndex(w, "/")+1:], " ", "_")
	i := slices.IndexFunc(commonZones, func(z string) bool {
		return len(city) > 3 && strings.EqualFold(z[strings.LastIndex(z, "/")+1:], city)
	})
	if i < 0 {
		return ""
	}
	return commonZones[i]
}

// commonZones are zones worth suggesting; every IANA name is accepted.
var commonZones = []string{
	"UTC", "America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles",
	"America/Anchorage", "Pacific/Honolulu", "America/Toronto", "America/Winnipeg", "America/Vancouver",
	"America/Halifax", "America/Mexico_City", "America/Bogota", "America/Lima", "America/Santiago",
	"America/Sao_Paulo", "America/Argentina/Buenos_Aires", "Europe/London", "Europe/Dublin", "Europe/Lisbon",
	"Europe/Madrid", "Europe/Paris", "Europe/Brussels", "Europe/Amsterdam", "Europe/Berlin", "Europe/Zurich",
	"Europe/Vienna", "Europe/Rome", "Europe/Prague", "Europe/Warsaw", "Europe/Copenhagen", "Europe/Oslo",
	"Europe/Stockholm", "Europe/Helsinki", "Europe/Athens", "Europe/Bucharest", "Europe/Kyiv", "Europe/Istanbul",
	"Africa/Cairo", "Africa/Johannesburg", "Africa/Lagos", "Africa/Nairobi", "Asia/Jerusalem", "Asia/Dubai",
	"Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka", "Asia/Bangkok", "Asia/Jakarta", "Asia/Singapore",
	"Asia/Hong_Kong", "Asia/Shanghai", "Asia/Taipei", "Asia/Manila", "Asia/Seoul", "Asia/Tokyo",
	"Australia/Perth", "Australia/Adelaide", "Australia/Brisbane", "Australia/Sydney", "Pacific/Auckland",
}

// windowsZones are names that Windows shows where IANA's are meant.
var windowsZones = [][2]string{
	{"Pacific Standard Time", "America/Los_Angeles"}, {"Mountain Standard Time", "America/Denver"},
	{"US Mountain Standard Time", "America/Phoenix"}, {"Central Standard Time", "America/Chicago"},
	{"Eastern Standard Time", "America/New_York"}, {"Alaskan Standard Time", "America/Anchorage"},
	{"Hawaiian Standard Time", "Pacific/Honolulu"}, {"Atlantic Standard Time", "America/Halifax"},
	{"GMT Standard Time", "Europe/London"}, {"Greenwich Standard Time", "Africa/Abidjan"},
	{"W. Europe Standard Time", "Europe/Berlin"}, {"Romance Standard Time", "Europe/Paris"},
	{"Central Europe Standard Time", "Europe/Budapest"}, {"Central European Standard Time", "Europe/Warsaw"},
	{"FLE Standard Time", "Europe/Kyiv"}, {"India Standard Time", "Asia/Kolkata"},
	{"China Standard Time", "Asia/Shanghai"}, {"Tokyo Standard Time", "Asia/Tokyo"},
	{"Singapore Standard Time", "Asia/Singapore"}, {"AUS Eastern Standard Time", "Australia/Sydney"},
	{"New Zealand Standard Time", "Pacific/Auckland"},
}
