package evidence

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestCompared(t *testing.T) {
	for _, tt := range []struct {
		name string
		of   System
		want map[string]string
	}{
		{"nothing is recorded", System{ID: "VMH-01", OS: " ", Owner: "Abdiel R."}, map[string]string{}},
		{"a blank attribute is left out", System{OS: "ESXi", ConfigHash: "9f03"}, map[string]string{"os": "ESXi", "config_hash": "9f03"}},
		{"white space is no difference", System{OS: " Windows  Server\t2022 ", Version: "21H2"}, map[string]string{"os": "Windows Server 2022", "version": "21H2"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, Compared(&tt.of)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
