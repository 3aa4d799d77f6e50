package config

// A Profile is a set of rules on top of the defaults.
type Profile string

// The profiles. A profile claims no compliance: it chooses limits, and which
// control ids are printed beside a check.
const (
	ProfileNone      Profile = "none"                // the defaults
	ProfileHIPAA     Profile = "hipaa"               // the defaults, and REG-01 on systems with a data class
	ProfileHIPAA2025 Profile = "hipaa-proposed-2025" // the same with the limits of the 2025 proposal, which is not in force
	ProfileCSF       Profile = "csf"                 // the defaults; prints NIST CSF 2.0 ids
	ProfileCIS       Profile = "cis"                 // the defaults; prints CIS Controls v8.1 ids
	ProfileISO       Profile = "iso"                 // the defaults; prints ISO/IEC 27001:2022 ids
)

// hipaa2025 is who set the limits of the proposal.
const hipaa2025 = "HIPAA Security Rule as proposed, 90 FR 898 (6 Jan 2025), not in force"

var profiles = []string{
	string(ProfileNone), string(ProfileHIPAA), string(ProfileHIPAA2025),
	string(ProfileCSF), string(ProfileCIS), string(ProfileISO),
}

// Regulated tells whether systems with a data class are held to REG-01.
func (p Profile) Regulated() bool { return p == ProfileHIPAA || p == ProfileHIPAA2025 }

// Proposed tells whether the profile rests on a rule that is not in force.
func (p Profile) Proposed() bool { return p == ProfileHIPAA2025 }

// An override is a limit that a profile sets.
type override struct{ limit, value, source string }

func (p Profile) overrides() []override {
	if p != ProfileHIPAA2025 {
		return nil
	}
	return []override{
		{"leaver-grace", "1h", hipaa2025},
		{"backup-age", "48h", hipaa2025},
		{"restore-within", "72h", hipaa2025},
	}
}
