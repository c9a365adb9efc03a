package office_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/office"
)

// letters are the schedules by which people of a role are written to; those that nobody can decline end in "!".
var letters = map[access.Role]string{
	access.Secretariat: "cluster-digest network-digest fund-month fund-year membership-quarter",
	access.Treasurer:   "fund-month fund-year donor-statement! instalment-overdue!",
	access.Commission:  "network-digest call-commission!",
	access.City:        "cluster-digest network-digest call-city! term-end! participation-end! news-due report-due",
	access.Donor:       "donor-statement! instalment-overdue!",
	access.Auditor:     "fund-year membership-quarter",
}

func TestAPersonDeclinesTheLettersOfItsRoleThatAreNotContractual(t *testing.T) {
	p := newPostRoom(t)
	for _, role := range access.Roles {
		ctx := p.as(role)
		before, err := p.Letters(ctx)
		if err != nil {
			t.Fatal(err)
		}
		var got, free []string
		for _, c := range before.Choices {
			id := c.ID
			if c.Contractual {
				id += "!"
				if _, err := p.DeclineLetters(ctx, "", before.Version, []string{c.ID}); codeOf(err) != "LETTER_CONTRACTUAL" {
					t.Errorf("%s declines %s: %v", role, c.ID, err)
				}
			} else {
				free = append(free, c.ID)
			}
			if c.Declined {
				t.Errorf("%s has declined %s before it was asked", role, c.ID)
			}
			got = append(got, id)
		}
		if strings.Join(got, " ") != letters[role] {
			t.Errorf("%s gets %v, want %s", role, got, letters[role])
		}
		after, err := p.DeclineLetters(ctx, "once", before.Version, free)
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range after.Choices {
			if c.Declined == c.Contractual {
				t.Errorf("%s has declined %s: %v", role, c.ID, c.Declined)
			}
		}
		if len(free) > 0 {
			if _, err := p.DeclineLetters(ctx, "", before.Version, nil); codeOf(err) != "RECORD_CHANGED" {
				t.Errorf("%s, by what it saw before: %v", role, err)
			}
		}
		if again, err := p.DeclineLetters(ctx, "", after.Version, nil); err != nil || slices.ContainsFunc(again.Choices, func(c office.LetterChoice) bool { return c.Declined }) {
			t.Errorf("%s takes all letters again: %+v, %v", role, again, err)
		}
	}
	if _, err := p.DeclineLetters(p.as(access.City), "", 0, []string{"network-digst"}); codeOf(err) != "SCHEDULE_UNKNOWN" {
		t.Errorf("letters that nobody writes: %v", err)
	}
}

func TestWhoMayChangeAPersonSaysThatItsAddressWorksAgain(t *testing.T) {
	p := newPostRoom(t)
	city := p.ids[access.City]
	for _, role := range access.Roles {
		if err := p.Directory.Failing(t.Context(), city, "bounce", p.now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
		err := p.RenewMailbox(p.as(role), "", city)
		may := role == access.Secretariat || role == access.City
		if may != (err == nil) || !may && codeOf(err) != "ACCESS_DENIED" {
			t.Errorf("%s: %v", role, err)
		}
		got, err := p.Letters(p.as(access.City))
		if err != nil || got.Mailbox.Failing() == may {
			t.Errorf("after %s: %+v, %v", role, got.Mailbox, err)
		}
	}
	if got, err := p.Letters(p.as(access.Donor)); err != nil || got.Mailbox.Failing() || got.Mailbox.Declined != nil {
		t.Errorf("another one's mailbox is %+v, %v", got.Mailbox, err)
	}
}
