package faults

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/learning-cities/guildhall/shared/access"
	"github.com/learning-cities/guildhall/shared/civil"
	"github.com/learning-cities/guildhall/shared/exports/request"
	"github.com/learning-cities/guildhall/shared/intake"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/mail"
	"github.com/learning-cities/guildhall/shared/money"
	"github.com/learning-cities/guildhall/shared/office"
	"github.com/learning-cities/guildhall/shared/outbox"
	"github.com/learning-cities/guildhall/shared/people"
	"github.com/learning-cities/guildhall/shared/privacy"
	"github.com/learning-cities/guildhall/shared/registry"
	"github.com/learning-cities/guildhall/shared/trust"
)

// plays are those that meet every fault.
func plays() []play {
	return []play{importing("import", gifts), posting(), exporting(), summing(), puttingOff(), erasing()}
}

const (
	giftHead = "Donor;Type of donor;City;Country;Amount;Currency;Received on;Reference;Agreement reference\n"
	gifts    = giftHead + "Norway;Donor country;;Norway;40000.00;USD;2025-11-25;B-1;\n" +
		"Spain;Donor country;;Spain;25000.50;USD;2026-01-20;B-2;\n" +
		"Spain;Donor country;;Spain;nothing;USD;2026-01-21;B-3;\n"
)

// The identifiers that a person's program chose for what it asks for, so that it can ask for the same again.
const (
	importID = "00000000000000000000000001"
	fundID   = "00000000000000000000000002"
	donorID  = "00000000000000000000000003"
)

// jonas and anna are steps of a treasurer and of somebody of the secretariat.
func jonas(do func(ctx context.Context, p *process) error) step {
	return asks("jonas", access.Treasurer, do)
}

func anna(do func(ctx context.Context, p *process) error) step {
	return asks("anna", access.Secretariat, do)
}

func asks(who string, role access.Role, do func(ctx context.Context, p *process) error) step {
	return func(w *world) error {
		return w.step(w.t.Context(), func(ctx context.Context, p *process) error {
			return do(access.WithActor(ctx, access.Actor{Person: who, Role: role}), p)
		})
	}
}

// sends and commits are steps by which the rows of a sheet that are right come to be stored.
func sends(sheet string) step {
	return jonas(func(ctx context.Context, p *process) error {
		_, err := p.office.SendFile(ctx, importID, intake.Request{Name: "gifts.csv", Kind: "contributions"}, []byte(sheet))
		return err
	})
}

func commits() step {
	return jonas(func(ctx context.Context, p *process) error {
		imp, _, err := p.office.Import(ctx, importID)
		if err == nil {
			_, err = p.office.CommitImport(ctx, importID, imp.Plan, intake.Valid)
		}
		return err
	})
}

// importing sends a sheet with a row that is wrong, has it checked, commits the rows that are right, and has it undone.
func importing(name, sheet string) play {
	return play{name: name, at: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), long: true, steps: []step{
		sends(sheet), commits(),
		jonas(func(ctx context.Context, p *process) error {
			_, err := p.office.UndoImport(ctx, importID, intake.All)
			return err
		}),
		seals(),
	}}
}

func dollars(whole int64) registry.Payment {
	return registry.Payment{Amount: money.Amount{Minor: 100 * whole, Currency: "USD"}}
}

// posting enters interest in the fund's books and takes it back, and has money set aside that two persons decide.
func posting() play {
	on := civil.Date{Year: 2026, Month: time.February, Day: 10}
	var entry, proposal string
	return play{
		name: "fund posting", at: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), base: []step{sends(gifts), commits()},
		steps: []step{
			jonas(func(ctx context.Context, p *process) error {
				posted, err := p.office.PostEvent(ctx, "interest", office.FundEvent{Kind: trust.Earned, Paid: dollars(12), Date: on}, "Of January.")
				entry = posted.ID
				return err
			}),
			jonas(func(ctx context.Context, p *process) error {
				_, err := p.office.ReverseEntry(ctx, "back", entry, on, "Of another account.")
				return err
			}),
			jonas(func(ctx context.Context, p *process) error {
				proposed, err := p.office.ProposeEvent(ctx, "allocation", office.FundEvent{
					Kind: trust.Allocation, Activity: "fund/1.2", Paid: dollars(30_000), Date: on,
				}, "As the committee decided.")
				proposal = proposed.ID
				return err
			}),
			anna(func(ctx context.Context, p *process) error {
				_, err := p.office.ApproveProposal(ctx, "approved", proposal)
				return err
			}),
			seals(),
		},
	}
}

// exporting has the fund's workbook made, and a donor's statement.
func exporting() play {
	wishes := func(id string, wish request.Wish) step {
		return jonas(func(ctx context.Context, p *process) error {
			_, err := p.office.CreateExport(ctx, func(context.Context) (string, error) { return id, nil }, wish)
			return err
		})
	}
	return play{
		name: "export", at: time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC), long: true, base: []step{sends(gifts), commits()},
		steps: []step{
			wishes(fundID, request.Wish{Kind: request.Fund, Lang: locale.EN}),
			wishes(donorID, request.Wish{Kind: request.Donor, Lang: locale.FR, Donor: "Norway"}),
		},
	}
}

// summing has the reports made that are due on a morning, and their letters sent.
func summing() play { return letters("summary, delivery", nil) }

// puttingOff is the same on a morning on which nobody takes letters for a while.
func puttingOff() play {
	return letters("delivery put off", func(w *world) bool { return w.waited < 5*time.Minute })
}

// letters plays the morning on which the fund's month and the membership's quarter are due, and the hours behind it; then a person looks at
// the letters of which nobody knows whether they left, and asks those whom they are for.
func letters(name string, shut func(*world) bool) play {
	begin := time.Date(2026, 7, 5, 6, 0, 1, 0, time.UTC)
	p := play{
		name: name, at: begin, moves: true, long: true, shut: shut, settled: settledLetters,
		base: []step{
			anna(func(ctx context.Context, p *process) error {
				_, err := p.people.First(ctx, "anna@example.org", locale.EN)
				return err
			}),
			anna(func(ctx context.Context, p *process) error {
				_, err := p.people.Invite(ctx, "", people.Standing{Email: "jonas@example.org", Role: access.Treasurer, Lang: locale.FR})
				return err
			}),
			sends(gifts), commits(), tick(0),
		},
		steps: []step{tick(0)},
	}
	for hour := range 3 {
		p.steps = append(p.steps, tick(time.Duration(hour+1)*time.Hour))
	}
	p.steps = append(p.steps, settlesUncertain)
	return p
}

// erasing takes a person out of applications that were committed, and the sheet they came in; two hours later it is looked at again. Whoever asks
// again looks first whether the erasure is on record.
func erasing() play {
	person := privacy.Who{Names: []string{"Mireille Kamga"}, Emails: []string{"m.kamga@bafoussam.example"}}
	p := play{
		name: "erasure", at: time.Date(2025, 10, 20, 9, 0, 0, 0, time.UTC), moves: true, long: true, settled: settledErasure,
		base: []step{
			anna(func(ctx context.Context, p *process) error {
				sheet, err := os.ReadFile("../../fixtures/sheets/applications.fr.xlsx")
				if err == nil {
					_, err = p.office.SendFile(ctx, importID, intake.Request{Name: "dossiers.xlsx"}, sheet)
				}
				return err
			}),
			anna(func(ctx context.Context, p *process) error {
				imp, _, err := p.office.Import(ctx, importID)
				if err == nil {
					_, err = p.office.CommitImport(ctx, importID, imp.Plan, intake.Valid)
				}
				return err
			}),
		},
		steps: []step{anna(func(ctx context.Context, p *process) error {
			begun, err := p.office.Erasures(ctx)
			switch {
			case err != nil:
			case len(begun) == 0:
				_, err = p.office.ErasePersonal(ctx, person)
			default:
				_, _, err = p.office.Privacy.Resume(ctx)
			}
			return err
		})},
	}
	looksAgain := anna(func(ctx context.Context, p *process) error {
		_, _, err := p.office.Privacy.Resume(ctx)
		return err
	})
	p.steps = append(p.steps, func(w *world) error {
		w.waited = 2 * time.Hour
		return looksAgain(w)
	}, seals())
	return p
}

// settledErasure leaves out of an erasure's entry the salt and what follows from it, and when its second look was.
func settledErasure(key, printed string) string {
	if !strings.HasPrefix(key, "item privacy") {
		return printed
	}
	var entry struct {
		State privacy.State
		Taken map[privacy.Kind]int
	}
	if err := json.NewDecoder(strings.NewReader(printed)).Decode(&entry); err != nil {
		return err.Error()
	}
	return fmt.Sprint(entry)
}

// seals has the audit trail sealed.
func seals() step {
	return anna(func(ctx context.Context, p *process) error { return p.parts.Seal(ctx) })
}

// tick has what is due made and the audit trail sealed, as the clock wakes the product some time after the beginning, unless it is later already.
func tick(after time.Duration) step {
	return func(w *world) error {
		w.waited = max(w.waited, after)
		return w.step(w.t.Context(), func(ctx context.Context, p *process) error {
			if _, err := p.summaries.Run(ctx, w.clock()); err != nil {
				return err
			}
			return p.parts.Seal(ctx)
		})
	}
}

// settlesUncertain is the step of a person who asks those whom uncertain letters are for: what came is let go, what didn't is sent again.
func settlesUncertain(w *world) error {
	return anna(func(ctx context.Context, p *process) error {
		mails, _, err := p.office.Mails(ctx, "", "", 100)
		if err != nil {
			return err
		}
		for _, m := range mails {
			came := slices.ContainsFunc(w.post.left, func(left mail.Message) bool { return left.ID == m.Letter.String() })
			switch {
			case m.State != outbox.Uncertain:
			case came:
				_, err = p.office.LetGo(ctx, m.Letter, m.Version)
			default:
				_, err = p.office.SendAgain(ctx, m.Letter, m.Version)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})(w)
}

// settledLetters leaves out of a letter's record how often and when it was tried: that it is settled has to be the same. One that a person
// let go because it had come counts as sent; whether it left stands by itself.
// That a person did so is noted only where it was to be done.
func settledLetters(key, printed string) string {
	if strings.HasPrefix(key, "audit anna "+string(access.MailSend)+" ") {
		return ""
	}
	if !strings.HasPrefix(key, "item mail/") {
		return printed
	}
	var letter struct{ State, Reason string }
	if err := json.NewDecoder(strings.NewReader(printed)).Decode(&letter); err != nil {
		return err.Error()
	}
	if letter.State == string(outbox.Dropped) && letter.Reason == outbox.LetGo {
		return string(outbox.Sent)
	}
	return letter.State
}
