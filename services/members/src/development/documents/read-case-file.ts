import { probationEnd, type StepKey, stepNumber, stepOf } from '@linghang/rulebook'
import { knownPeople } from '../../register/people/known-people.ts'
import type { Context, Work } from '../../work.ts'
import { type CaseView, seesConfidential } from '../cases/case-access.ts'
import { approvalOf } from '../cases/case-commands.ts'
import { progressOf } from '../cases/case-progress.ts'
import { fold } from '../cases/case-state.ts'
import { deciderStore } from '../cases/decider-store.ts'
import { caseStore } from '../cases/store.ts'
import { rulesOf } from '../cases/write-case.ts'
import { type CaseFile, emptyCaseFile } from '../forms/case-file.ts'
import { paperTitleOf } from '../forms/templates/all-templates.ts'
import { papersOf } from '../materials/read-materials.ts'
import { readPolicies } from '../policies/read-policies.ts'
import { fail } from './errors.ts'
import { meetingsOf } from './meetings-of-case.ts'
import { placeStore } from './store.ts'

/** The branch and who decides above it, by name. */
async function placesOf({ tx }: Work, orgId: string) {
  const nameOf = await placeStore.namesFrom(tx, orgId)
  const [committee, above] = (await deciderStore.decidersOf(tx, [orgId])).get(orgId) ?? []
  const named = (id: string | undefined) => {
    const name = id && nameOf.get(id)
    return name ? { name } : null
  }
  return { branch: nameOf.get(orgId) ?? '所在党支部', committee: named(committee), aboveCommittee: named(above) }
}

/**
 * What documents need to know of a case. It is read with the county's rights, in a transaction of its own, since a case
 * cannot be told from a part of its facts; what whoever asks may not see is left out of the file, and blank on paper.
 * @throws DomainError NOT_FOUND
 */
export const readCaseFile = ({ perform }: Pick<Context, 'perform'>, view: CaseView): Promise<CaseFile> =>
  perform(work => fileOf(work, view), { rights: 'COUNTY' })

async function fileOf(work: Work, { caseId, countyId, orgId, as }: CaseView): Promise<CaseFile> {
  const { tx } = work
  const facts = (await caseStore.factsOf(tx, countyId, [caseId])).get(caseId)
  if (!facts) return fail('NOT_FOUND', { what: `DevelopmentCase:${caseId}` })
  const whole = seesConfidential(as)
  const state = fold(facts.map(({ fact }) => fact))
  const companions = whole ? [...state.contacts, ...state.introducers] : []
  const people = new Map(
    (await knownPeople(tx, countyId, [state.memberId, ...companions])).map(member => [member.id, member]),
  )
  const person = people.get(state.memberId)
  const places = await placesOf(work, orgId)
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
    ...emptyCaseFile(work.today, person?.name ?? '', places.branch),
    rules: rules.version,
    openStep: state.openStep,
    person: {
      name: person?.name ?? '',
      sex: person?.sex ?? null,
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
