package assess

import (
	"cmp"
	"slices"
	"strings"

	"proofpack/generator/diag"
	"proofpack/generator/evidence"
)

// vendorContact (VEN-01) asks whom to call about each critical system.
var vendorContact = Check{
	ID:          "VEN-01",
	Question:    "Is it on record whom to call about every critical system?",
	Why:         "In an outage nobody should have to look for a telephone number.",
	Needs:       []string{evidence.Vendors},
	Discipline:  Vendors,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       always("any"),
	LimitFrom:   "judgement",
	Controls:    controls("VEN-01"),
	Closes:      "a vendor with a contact for the system",
	Subjects:    criticalSystems,
	Judge:       judgeVendorContact,
}

// vendorContract (VEN-02) finds contracts that have ended.
var vendorContract = Check{
	ID:          "VEN-02",
	Question:    "Is the contract of every vendor still running?",
	Why:         "Who has no contract answers when he has time.",
	Needs:       []string{evidence.Vendors},
	Discipline:  Vendors,
	Consequence: Downtime,
	Gap:         OtherGap,
	Limit:       always("end before as-of"),
	LimitFrom:   "judgement",
	Controls:    controls("VEN-02"),
	Closes:      "a contract that ends after as-of",
	Subjects:    everyVendor,
	Judge:       judgeVendorContract,
}

// vendorsOf are the vendors that are called about a system: those that name it,
// and the one that the inventory names.
func (in *Input) vendorsOf(system string) []*evidence.Vendor {
	made := ""
	if s := in.index().systems[system]; s != nil {
		made = folded(s.Vendor)
	}
	var out []*evidence.Vendor
	for i := range in.Vendors {
		if v := &in.Vendors[i]; slices.Contains(v.Systems, system) || made != "" && folded(v.Name) == made {
			out = append(out, v)
		}
	}
	return out
}

func judgeVendorContact(in *Input, s Subject) Answer {
	all := in.vendorsOf(s.ID)
	if len(all) == 0 {
		return Answer{Says: say("No vendor of {} is on record.", s.Name), Sources: in.rowOf(s.ID), Drift: "no vendor contact"}
	}
	for _, v := range all {
		if strings.TrimSpace(v.Contact) != "" {
			return Answer{State: Proven, Says: say("{}: call {}, {}.", s.Name, v.Name, v.Contact), Sources: at(v.Pos)}
		}
	}
	return Answer{Says: say("{} stands for {}, and no contact is on record.", all[0].Name, s.Name), Sources: positions(all, func(v *evidence.Vendor) diag.Pos { return v.Pos }), Drift: "no vendor contact"}
}

// everyVendor is each vendor by name. That none is on record is what VEN-01
// says of every critical system.
func everyVendor(in *Input) []Subject {
	var out []Subject
	for _, list := range in.index().access.vendors {
		s := Subject{Kind: "vendor", ID: folded(list[0].Name), Name: list[0].Name}
		for _, v := range list {
			s.Also = append(s.Also, v.Systems...)
		}
		for i := range in.Systems {
			if sys := &in.Systems[i]; sys.Vendor != "" && folded(sys.Vendor) == s.ID {
				s.Also = append(s.Also, sys.ID)
			}
		}
		slices.Sort(s.Also)
		s.Also = slices.Compact(s.Also)
		out = append(out, s)
	}
	slices.SortFunc(out, func(a, b Subject) int { return cmp.Compare(a.ID, b.ID) })
	return out
}

func judgeVendorContract(in *Input, s Subject) Answer {
	var out Answer
	for _, v := range in.index().access.vendors[s.ID] {
		var a Answer
		end := in.on(v.ContractEnds, "contract_ends of "+v.Name, v.Pos)
		switch {
		case v.ContractEnds.IsZero():
			a = Answer{Says: say("When the contract with {} ends is not on record.", v.Name), Sources: at(v.Pos), Drift: "end of contract not recorded"}
		case v.ContractEnds.Before(in.AsOf):
			a = Answer{State: Failed, Says: say("The contract with {} ended on {}.", v.Name, end), Sources: at(v.Pos), Drift: "contract ended"}
		default:
			a = Answer{State: Proven, Says: say("The contract with {} runs until {}.", v.Name, end), Sources: at(v.Pos)}
		}
		if out.Says.Empty() || Worse(a.State, out.State) {
			out = a
		}
	}
	return out
}
