import {
  type DevelopmentRules,
  type Matter,
  needOf,
  probationEnd,
  type StepKey,
  stepNumber,
  stepOf,
} from '@linghang/rulebook'
import { type CaseFile, type CaseMeeting, emptyCaseFile } from '../documents/case-file.ts'
import { paperTitleOf } from '../documents/templates/all-templates.ts'
import { papersOf } from '../materials/read-materials.ts'
import { type MeetingRecord, meetingRecords, meetingsAbout } from '../meetings/meeting-record.ts'
import { knownPeople } from '../people/known-people.ts'
import { readPolicies } from '../policies/read-policies.ts'
import type { Tx, Work } from '../work.ts'
import { type CaseView, seesConfidential } from './case-access.ts'
import { approvalOf } from './case-commands.ts'
import { type CaseState, fold, progressOf } from './case-state.ts'
import { fail } from './errors.ts'
import { caseStore } from './store.ts'
import { rulesOf } from './write-case.ts'

const meetingSteps: readonly StepKey[] = [
  'ACTIVIST_DECISION',
  'CANDIDATE_DECISION',
  'COMMITTEE_EXAMINATION',
  'ADMISSION_ASSEMBLY',
  'CONVERSION_ASSEMBLY',
]

const told = (
  meeting: MeetingRecord,
  resolution: MeetingRecord['resolutions'][number],
  matter: Matter,
): CaseMeeting => ({
  matter,
  of: meeting.kind === 'BRANCH_ASSEMBLY' ? 'BRANCH_ASSEMBLY' : 'BRANCH_COMMITTEE',
  heldOn: meeting.heldOn,
  place: null,
  chair: null,
  recorder: null,
  due: resolution.ballots?.due ?? meeting.due,
  present: resolution.ballots?.present ?? meeting.present,
  ballots: resolution.ballots,
  carried: resolution.carried,
})

/** What the open step's meeting has decided, once it is closed: the tally and the resolution are signed before the step is done. */
async function meetingAtHand(
  tx: Tx,
  countyId: string,
  state: CaseState,
  rules: DevelopmentRules,
): Promise<CaseMeeting[]> {
  const need = state.openStep && needOf(stepOf(rules, state.openStep), 'MEETING')
  if (!need) return []
  const since = state.stepOpenedOn ?? ''
  for (const meeting of await meetingsAbout(tx, countyId, { orgId: state.orgId, memberId: state.memberId, since }))
    for (const resolution of meeting.resolutions) {
      const matter = need.matters.find(one => one === resolution.matter)
      if (resolution.memberId === state.memberId && matter) return [told(meeting, resolution, matter)]
    }
  return []
}

async function meetingsOf(tx: Tx, countyId: string, state: CaseState, rules: DevelopmentRules): Promise<CaseMeeting[]> {
  const ids = meetingSteps.flatMap(step => state.done[step]?.evidence.meetingId ?? [])
  const meetings = await meetingRecords(tx, countyId, ids)
  const found: CaseMeeting[] = []
  for (const step of meetingSteps) {
    const evidence = state.done[step]?.evidence
    const meeting = meetings.get(evidence?.meetingId ?? '')
    const resolution = meeting?.resolutions.find(({ id }) => id === evidence?.resolutionId)
    if (!meeting || !resolution || !evidence?.matter) continue
    found.push(told(meeting, resolution, evidence.matter))
  }
  return [...found, ...(await meetingAtHand(tx, countyId, state, rules))]
}

/** The branch and who decides above it, by name: of superiors that much is known to everybody below (S3-2). */
async function placesOf(tx: Tx, orgId: string) {
  const rows = await tx.$queryRawUnsafe<{ id: string; name: string }[]>(
    `select id, name from org_node where id = $1::uuid union all select id, name from app.superiors_of(array[$1::uuid])`,
    orgId,
  )
  const nameOf = new Map(rows.map(({ id, name }) => [id, name]))
  const [committee, above] = (await caseStore.decidersOf(tx, [orgId])).get(orgId) ?? []
  const named = (id: string | undefined) => {
    const name = id && nameOf.get(id)
    return name ? { name } : null
  }
  return { branch: nameOf.get(orgId) ?? '所在党支部', committee: named(committee), aboveCommittee: named(above) }
}

/**
 * What documents need to know of a case, for work with the county's rights: a case cannot be told from a part of its
 * facts. What whoever asks may not see is left out of the file, and blank on paper.
 * @throws DomainError NOT_FOUND
 */
export async function readCaseFile({ tx, today }: Work, { caseId, countyId, orgId, as }: CaseView): Promise<CaseFile> {
  const facts = (await caseStore.factsOf(tx, countyId, [caseId])).get(caseId)
  if (!facts) return fail('NOT_FOUND', { what: `DevelopmentCase:${caseId}` })
  const whole = seesConfidential(as)
  const state = fold(facts.map(({ fact }) => fact))
  const companions = whole ? [...state.contacts, ...state.introducers] : []
  const people = new Map(
    (await knownPeople(tx, countyId, [state.memberId, ...companions])).map(member => [member.id, member]),
  )
  const person = people.get(state.memberId)
  const places = await placesOf(tx, orgId)
  const rules = rulesOf(state, await readPolicies(tx, countyId))
  const endsOn = probationEnd(progressOf(state), rules)
  const on = (step: StepKey) => state.done[step]?.on ?? null
  const named = (id: string) => ({ name: people.get(id)?.name ?? '', post: people.get(id)?.post ?? null })
  const assignedOn =
    facts.findLast(({ fact }) => fact.type === 'PEOPLE_ASSIGNED' && fact.as === 'CONTACT')?.fact.on ?? null
  const talk = (step: StepKey) => {
    const heldOn = on(step)
    return heldOn === null ? null : { heldOn, by: null }
  }
  const reviewedOn = on('POLITICAL_REVIEW')
  const training = state.done.TRAINING?.evidence.training
  return {
    ...emptyCaseFile(today, person?.name ?? '', places.branch),
    rules: rules.version,
    openStep: state.openStep,
    person: {
      name: person?.name ?? '',
      sex: person ? (person.sex as 'MALE' | 'FEMALE') : null,
      birthDate: person?.birthDate ?? null,
      ethnicity: person?.ethnicity ?? null,
      education: person?.education ?? null,
      post: person?.post ?? null,
      phoneMasked: person?.phoneMasked ?? null,
      idNumberMasked: person?.idNumberMasked ?? null,
    },
    committee: places.committee,
    aboveCommittee: places.aboveCommittee,
    steps: Object.fromEntries(
      Object.entries(state.done)
        .filter(([step]) => whole || step !== 'POLITICAL_REVIEW')
        .map(([step, done]) => [step, done.on]),
    ),
    applicantTalk: talk('APPLICANT_TALK'),
    committeeTalk: talk('COMMITTEE_TALK'),
    contacts: (whole ? state.contacts : []).map(id => ({ ...named(id), since: assignedOn })),
    introducers: (whole ? state.introducers : []).map(named),
    meetings: whole ? await meetingsOf(tx, countyId, state, rules) : [],
    notices: facts.flatMap(({ fact }) =>
      fact.type === 'NOTICE_OPENED'
        ? [
            {
              step: fact.step,
              startsOn: fact.on,
              endsOn: fact.until,
              workingDays: fact.workingDays,
              contact: null,
              objections: facts.filter(one => one.fact.type === 'OBJECTION_RAISED').length,
            },
          ]
        : [],
    ),
    reviews: [
      ...state.halfYearlyReviews.map(heldOn => ({ heldOn, conclusion: null, during: 'OBSERVATION' as const })),
      ...state.probationReviews.map(heldOn => ({ heldOn, conclusion: null, during: 'PROBATION' as const })),
    ],
    thoughtReports: state.thoughtReports,
    politicalReview:
      reviewedOn === null || !whole
        ? null
        : {
            concludedOn: reviewedOn,
            passed: state.done.POLITICAL_REVIEW?.evidence.conclusion === 'PASSED' ? true : null,
            by: null,
          },
    training: training
      ? {
          startsOn: null,
          endsOn: on('TRAINING'),
          days: training.days,
          hours: training.hours,
          organiser: places.committee?.name ?? null,
        }
      : null,
    approvals: facts.flatMap(({ fact }) => {
      if (fact.type !== 'APPROVAL_DECIDED') return []
      const kind = approvalOf(stepOf(rules, fact.step))
      const asked = facts.find(one => one.fact.type === 'APPROVAL_REQUESTED' && one.fact.approvalId === fact.approvalId)
      return kind
        ? [
            {
              kind,
              step: fact.step,
              organisation: places.committee?.name ?? '',
              outcome: fact.outcome,
              requestedOn: asked?.fact.on ?? null,
              decidedOn: fact.on,
              reason: null,
            },
          ]
        : []
    }),
    probation:
      state.admittedOn && endsOn ? { startsOn: state.admittedOn, endsOn, extendedTo: state.probationExtendedTo } : null,
    oath: on('OATH') === null ? null : { heldOn: on('OATH') as string, place: null },
    materials: (await papersOf(tx, countyId, caseId))
      .filter(({ state: paper, confidential }) => paper === 'FILED' && (whole || !confidential))
      .toSorted((one, other) => stepNumber(one.step) - stepNumber(other.step))
      .map(({ step, template, fileName, filedOn }) => ({
        ...{ step, template, fileName, filedOn, pages: null },
        title: paperTitleOf(template),
      })),
  }
}
