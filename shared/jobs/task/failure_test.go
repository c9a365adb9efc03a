package task_test

import (
	"strings"
	"testing"
	"time"

	"github.com/learning-cities/guildhall/shared/jobs/task"
	"github.com/learning-cities/guildhall/shared/locale"
	"github.com/learning-cities/guildhall/shared/problem"
	"github.com/learning-cities/guildhall/shared/queue"
)

func TestAFailureIsReadAsItWasWritten(t *testing.T) {
	at := time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC)
	for _, f := range []task.Failure{
		{Code: task.Unreadable, Reference: "m1", Attempts: 1, At: at},
		{Code: task.Refused, Cause: "IMPORT_UNKNOWN", Reference: "m2", Attempts: 5, Sent: at.Add(-time.Hour), At: at},
		{Code: task.Waited}, {Code: task.Failed}, {Code: task.Unanswered},
	} {
		if got := task.ReadFailure(f.Reason()); got != f {
			t.Errorf("wrote %+v, read %+v", f, got)
		}
		if err := queue.CheckBury([]byte("x"), f.Reason()); err != nil {
			t.Errorf("%+v: %v", f, err)
		}
	}
}

func TestAReasonThatIsNoFailureSaysNothingOfItsText(t *testing.T) {
	for reason, want := range map[string]problem.Code{
		"":                                    task.Unanswered,
		"jobs: not a check: anna@example.org": task.Failed,
		`{"code":"anna@example.org"}`:         task.Failed,
		`{"code":"MESSAGE_REFUSED","cause":"anna@example.org"}`:    task.Failed,
		`{"code":"MESSAGE_WAITED","cause":"IMPORT_UNKNOWN"}`:       task.Waited,
		`{"code":"MESSAGE_FAILED","reference":"anna@example.org"}`: task.Failed,
		`{"code":"MESSAGE_FAILED","attempts":-3}`:                  task.Failed,
		`[]`: task.Failed,
	} {
		f := task.ReadFailure(reason)
		if f != (task.Failure{Code: want}) {
			t.Errorf("%s: %+v", reason, f)
		}
	}
}

func TestEachFailureIsToldInThreeLanguages(t *testing.T) {
	for _, code := range []problem.Code{task.Unreadable, task.Unanswered, task.Waited, task.Refused, task.Failed} {
		for _, lang := range locale.Langs {
			text := task.Failure{Code: code, Cause: "IMPORT_UNKNOWN"}.Problem().Message(lang)
			if text == string(code) || (code == task.Refused) != strings.Contains(text, "IMPORT_UNKNOWN") {
				t.Errorf("%s in %s: %s", code, lang, text)
			}
		}
	}
}

func TestAMessageAfreshWasNeverPutOff(t *testing.T) {
	for body, want := range map[string]string{
		`{"import":"a","tries":24}`: `{"import":"a"}`,
		`{"import":"a"}`:            `{"import":"a"}`,
		`{"Records": [] }`:          `{"Records": [] }`,
		`no JSON`:                   `no JSON`,
	} {
		if got := string(task.Afresh([]byte(body))); got != want {
			t.Errorf("%s: %s", body, got)
		}
	}
}

func TestAMessageOfALaterLayoutIsNotReadAsIfItWereOfThis(t *testing.T) {
	if got, err := task.Read([]byte(`{"import":"i1","format":1}`)); err != nil || got.Import != "i1" {
		t.Errorf("%+v, %v", got, err)
	}
	if got, err := task.Read([]byte(`{"import":"i1","format":2}`)); err == nil {
		t.Errorf("read as %+v", got)
	}
}
