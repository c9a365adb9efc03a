package access

import "github.com/learning-cities/guildhall/shared/locale"

// actionLabels name the actions for people, as what somebody does.
var actionLabels = map[Action]locale.Text{
	CallRead:   {EN: "see a call", FR: "voir un appel", ES: "ver una convocatoria"},
	CallExtend: {EN: "extend a deadline", FR: "prolonger une échéance", ES: "ampliar un plazo"},

	ApplicationRead:     {EN: "see applications", FR: "voir des candidatures", ES: "ver solicitudes"},
	ApplicationStart:    {EN: "start an application", FR: "commencer une candidature", ES: "iniciar una solicitud"},
	ApplicationEdit:     {EN: "edit an application", FR: "modifier une candidature", ES: "modificar una solicitud"},
	ApplicationSend:     {EN: "send an application", FR: "envoyer une candidature", ES: "enviar una solicitud"},
	ApplicationWithdraw: {EN: "withdraw an application", FR: "retirer une candidature", ES: "retirar una solicitud"},
	ApplicationReturn:   {EN: "return an application", FR: "renvoyer une candidature", ES: "devolver una solicitud"},
	ApplicationEndorse:  {EN: "endorse an application", FR: "avaliser une candidature", ES: "avalar una solicitud"},
	ApplicationSubmit:   {EN: "submit an application", FR: "présenter une candidature", ES: "presentar una solicitud"},
	ApplicationRecall:   {EN: "recall an application", FR: "reprendre une candidature", ES: "recuperar una solicitud"},
	ApplicationAccept:   {EN: "accept an application", FR: "accepter une candidature", ES: "aceptar una solicitud"},
	ApplicationDefer:    {EN: "defer an application", FR: "ajourner une candidature", ES: "aplazar una solicitud"},
	ApplicationDecline:  {EN: "decline an application", FR: "rejeter une candidature", ES: "rechazar una solicitud"},
	QuotaRead:           {EN: "see a quota", FR: "voir un quota", ES: "ver una cuota"},

	MemberRead:        {EN: "see members", FR: "voir des membres", ES: "ver miembros"},
	MemberEnter:       {EN: "enter what happened to a membership", FR: "enregistrer un événement d'adhésion", ES: "registrar un hecho de una membresía"},
	HistoryRead:       {EN: "see a city's story", FR: "voir l'histoire d'une ville", ES: "ver la historia de una ciudad"},
	SurveyRead:        {EN: "see a survey", FR: "voir une enquête", ES: "ver una encuesta"},
	SurveyReadAnswers: {EN: "see the answers of a survey", FR: "voir les réponses d'une enquête", ES: "ver las respuestas de una encuesta"},
	OfferRead:         {EN: "see offers", FR: "voir des offres", ES: "ver ofertas"},

	ClusterRead:               {EN: "see clusters", FR: "voir des pôles", ES: "ver grupos"},
	PlanRead:                  {EN: "see a work plan", FR: "voir un plan de travail", ES: "ver un plan de trabajo"},
	PlanChange:                {EN: "change a work plan", FR: "modifier un plan de travail", ES: "modificar un plan de trabajo"},
	PlanOfferHost:             {EN: "offer to host an activity", FR: "proposer d'accueillir une activité", ES: "ofrecerse a acoger una actividad"},
	CoordinatorRead:           {EN: "see coordinators", FR: "voir les villes coordinatrices", ES: "ver las ciudades coordinadoras"},
	CoordinatorReadCandidates: {EN: "see candidates for coordinator", FR: "voir les candidatures à la coordination", ES: "ver las candidaturas a la coordinación"},
	CoordinatorAppoint:        {EN: "appoint a coordinator", FR: "nommer une ville coordinatrice", ES: "nombrar una ciudad coordinadora"},
	CoordinatorAnnounce:       {EN: "announce a coordinator", FR: "annoncer une ville coordinatrice", ES: "anunciar una ciudad coordinadora"},
	CoordinatorLayDown:        {EN: "end a coordinator's mandate", FR: "mettre fin à un mandat de coordination", ES: "poner fin a un mandato de coordinación"},

	ImportCreate:  {EN: "send a sheet", FR: "envoyer une feuille", ES: "enviar una hoja"},
	ImportRead:    {EN: "see imports", FR: "voir des importations", ES: "ver importaciones"},
	ImportAnswer:  {EN: "answer questions about a sheet", FR: "répondre aux questions sur une feuille", ES: "responder preguntas sobre una hoja"},
	ImportCommit:  {EN: "store a sheet", FR: "enregistrer une feuille", ES: "guardar una hoja"},
	ImportUndo:    {EN: "undo an import", FR: "annuler une importation", ES: "deshacer una importación"},
	ImportNetwork: {EN: "change the network's records by a sheet", FR: "modifier les données du réseau par une feuille", ES: "cambiar los datos de la red con una hoja"},
	ImportFund:    {EN: "change the fund's records by a sheet", FR: "modifier les données du fonds par une feuille", ES: "cambiar los datos del fondo con una hoja"},

	ExportRead:       {EN: "see exports", FR: "voir des exports", ES: "ver exportaciones"},
	ExportBudget:     {EN: "export the budget", FR: "exporter le budget", ES: "exportar el presupuesto"},
	ExportMembership: {EN: "export the membership", FR: "exporter les adhésions", ES: "exportar la membresía"},
	ExportSurvey:     {EN: "export a survey", FR: "exporter une enquête", ES: "exportar una encuesta"},
	ExportFund:       {EN: "export the fund", FR: "exporter le fonds", ES: "exportar el fondo"},
	ExportIATI:       {EN: "export the fund for IATI", FR: "exporter le fonds pour l'IITA", ES: "exportar el fondo para la IATI"},
	ExportAudit:      {EN: "export the audit trail", FR: "exporter le journal d'audit", ES: "exportar el registro de auditoría"},
	TemplateRead:     {EN: "fetch a template", FR: "télécharger un modèle", ES: "descargar una plantilla"},

	FundReadTotals:     {EN: "see the fund's totals", FR: "voir les totaux du fonds", ES: "ver los totales del fondo"},
	FundRead:           {EN: "see the fund's books", FR: "voir les comptes du fonds", ES: "ver los libros del fondo"},
	FundVerify:         {EN: "verify the fund's books", FR: "vérifier les comptes du fonds", ES: "verificar los libros del fondo"},
	FundPost:           {EN: "enter an event of the fund", FR: "comptabiliser un événement du fonds", ES: "asentar un hecho del fondo"},
	FundReverse:        {EN: "reverse an entry of the fund", FR: "contrepasser une écriture du fonds", ES: "revertir un asiento del fondo"},
	FundPropose:        {EN: "propose an event of the fund", FR: "proposer un événement du fonds", ES: "proponer un hecho del fondo"},
	FundApprove:        {EN: "approve a proposal of the fund", FR: "approuver une proposition du fonds", ES: "aprobar una propuesta del fondo"},
	FundReject:         {EN: "reject a proposal of the fund", FR: "rejeter une proposition du fonds", ES: "rechazar una propuesta del fondo"},
	RateRead:           {EN: "see exchange rates", FR: "voir des taux de change", ES: "ver tipos de cambio"},
	ExpenditureRead:    {EN: "see expenditures", FR: "voir des dépenses", ES: "ver gastos"},
	DonorRead:          {EN: "see donors", FR: "voir des donateurs", ES: "ver donantes"},
	PledgeRead:         {EN: "see pledges", FR: "voir des promesses", ES: "ver promesas"},
	ContributionRead:   {EN: "see contributions", FR: "voir des contributions", ES: "ver contribuciones"},
	StatementRead:      {EN: "see a donor's statement", FR: "voir le relevé d'un donateur", ES: "ver el estado de cuenta de un donante"},
	StatementPropose:   {EN: "propose a donor's statement", FR: "proposer le relevé d'un donateur", ES: "proponer el estado de cuenta de un donante"},
	StatementApprove:   {EN: "approve a donor's statement", FR: "approuver le relevé d'un donateur", ES: "aprobar el estado de cuenta de un donante"},
	SummaryRead:        {EN: "see summaries", FR: "voir des synthèses", ES: "ver resúmenes"},
	SummaryCorrect:     {EN: "correct a summary", FR: "corriger une synthèse", ES: "corregir un resumen"},
	SummaryCorrectFund: {EN: "correct a summary of the fund", FR: "corriger une synthèse du fonds", ES: "corregir un resumen del fondo"},
	MailRead:           {EN: "see e-mails", FR: "voir des courriels", ES: "ver correos"},
	MailSend:           {EN: "send an e-mail again, or never", FR: "renvoyer ou abandonner un courriel", ES: "reenviar o descartar un correo"},

	AuditRead:   {EN: "see the audit trail", FR: "voir le journal d'audit", ES: "ver el registro de auditoría"},
	AuditVerify: {EN: "verify the audit trail", FR: "vérifier le journal d'audit", ES: "verificar el registro de auditoría"},

	DeadLetterRead:   {EN: "see failed tasks", FR: "voir les tâches en échec", ES: "ver las tareas fallidas"},
	DeadLetterSettle: {EN: "repeat or discard a failed task", FR: "relancer ou abandonner une tâche en échec", ES: "reintentar o descartar una tarea fallida"},
	BackupMake:       {EN: "make a backup", FR: "faire une sauvegarde", ES: "hacer una copia de seguridad"},

	PrivacyRead:  {EN: "see what is held about a person", FR: "voir ce qui est détenu sur une personne", ES: "ver lo que consta sobre una persona"},
	PrivacyErase: {EN: "erase a person's data", FR: "effacer les données d'une personne", ES: "borrar los datos de una persona"},

	PeopleRead:       {EN: "see people", FR: "voir des personnes", ES: "ver personas"},
	PeopleReadEvents: {EN: "see what was done about people", FR: "voir ce qui a été fait au sujet des personnes", ES: "ver lo hecho sobre las personas"},
	PeopleInvite:     {EN: "invite a person", FR: "inviter une personne", ES: "invitar a una persona"},
	PeopleChange:     {EN: "change a person", FR: "modifier une personne", ES: "modificar a una persona"},
	PeopleRemove:     {EN: "remove a person", FR: "retirer une personne", ES: "retirar a una persona"},
	SessionRead:      {EN: "see sessions", FR: "voir des sessions", ES: "ver sesiones"},
	SessionEnd:       {EN: "end a session", FR: "mettre fin à une session", ES: "cerrar una sesión"},
	LetterDecline:    {EN: "choose one's letters", FR: "choisir ses courriels", ES: "elegir los propios correos"},
}

// Label is the action in words; of what is no action, its name.
func (a Action) Label() locale.Text {
	if label, ok := actionLabels[a]; ok {
		return label
	}
	return locale.Same(string(a))
}
