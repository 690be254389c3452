import { uuidOf } from '@linghang/harness/ask'
import { createDesk, type StepInput } from '@linghang/harness/desk'
import type { DevelopmentTemplate, MemberKind } from '@linghang/harness/generated/members'
import type { MeetingMatter } from '@linghang/harness/generated/org'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { developmentRulesOn, type StepKey, stepKeys, stepNumber, stepOf } from '@linghang/rulebook'
import { askerOf, type Caller, type Data } from './api.ts'
import { type County, importSound, newCounty, newHolder, orgCode, seedOrganisations, smallTree } from './county.ts'
import { look } from './look.ts'

/** A paper's name in the API. */
const apiNameOf = (template: string) => template.replaceAll('-', '_').toUpperCase() as DevelopmentTemplate
/** The smallest file that is a PDF. */
export const paper = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
)

/** An organisation tree with offices, a branch with voters, and an applicant whose case is open. */
export type Office = { caller: Caller; accountId: string }
export type Setting = {
  county: County
  branch: string
  committee: string
  secretary: Office
  committeeSecretary: Office
  countySecretary: Office
  sibling: Office
  applicant: Office
  /** Full members of the branch. */
  voters: string[]
  memberId: string
  caseId: string
}

const voterCount = 9

async function idsOfPeople(county: County, code: string, kind: MemberKind): Promise<string[]> {
  const { organisation } = await county.admin.ask(
    'query ($code: String!, $kind: MemberKind!) { organisation(code: $code) { members(first: 50, filter: { kinds: [$kind] }) { nodes { id } } } }',
    { code, kind },
  )
  return organisation.members.nodes.map(({ id }) => id)
}

export const caseOf = async (caller: Caller, memberId: string): Promise<Data> =>
  (
    await caller.ask(
      'query ($id: ID!) { member(id: $id) { developmentCases { id phase step stage waitingOn dueOn endReason } } }',
      { id: memberId },
    )
  ).member.developmentCases.at(-1)

/** A county of its own with everything that a case needs, and one applicant of the day given. */
export async function newSetting(appliedOn: string): Promise<Setting> {
  const county = await newCounty()
  const ids = await seedOrganisations(county, smallTree(county))
  const at = (n: number) => ids[orgCode(county, n)] as string
  const code = orgCode(county, 3)
  await importSound(
    county.admin,
    'Member',
    membersCsv(Array.from({ length: voterCount }, () => fullMember(county.code, code))),
  )
  const voters = await until(
    async () => {
      const found = await idsOfPeople(county, code, 'FULL')
      return found.length === voterCount ? found : null
    },
    20_000,
    'the voters are in the register',
  )
  const person = fullMember(county.code, code, {})
  const { registerMember } = await county.admin.ask(
    'mutation ($input: RegisterMemberInput!) { registerMember(input: $input) { member { id } } }',
    {
      input: {
        organisationId: at(3),
        name: person.姓名,
        idNumber: person.公民身份号码,
        kind: 'APPLICANT',
        appliedOn,
      },
    },
  )
  const memberId = registerMember.member.id as string
  await until(
    async () => (await look('org', 'select 1 from member_ref where id = $1', [uuidOf(memberId)])).length === 1,
    20_000,
    'org knows the applicant',
  )
  const [secretary, committeeSecretary, countySecretary, sibling, applicant] = await Promise.all([
    newHolder(county, at(3), 'SECRETARY'),
    newHolder(county, at(2), 'SECRETARY'),
    newHolder(county, at(1), 'SECRETARY'),
    newHolder(county, at(4), 'SECRETARY'),
    newHolder(county, at(3), null, { memberId }),
  ])
  const opened = await caseOf(secretary.caller, memberId)
  return {
    county,
    branch: at(3),
    committee: at(2),
    secretary,
    committeeSecretary,
    countySecretary,
    sibling,
    applicant,
    voters,
    memberId,
    caseId: opened.id,
  }
}

/** The desk of one case, through the gateway, with what each step asks for under the regulation of 2014. */
export function openDesk(setting: Setting) {
  const { secretary, committeeSecretary, countySecretary, voters } = setting
  const desk = createDesk<Caller>({
    ...setting,
    ...{ ask: askerOf, look, paper, secretary: secretary.caller, committeeSecretary: committeeSecretary.caller },
  })
  /** Waits until the case has gone on to a step. */
  const reaches = (step: string) =>
    until(async () => (await desk.stepNow()) === step, 20_000, `the case reaches ${step}`)
  const ruleOf = (step: StepKey) => stepOf(developmentRulesOn('2014-05-28'), step)
  /** Whether it is the superior's approval that completes a step. */
  const isDecided = (step: StepKey): boolean => ruleOf(step).needs.some(({ kind }) => kind === 'APPROVAL')
  const keeperOf = (step: StepKey): Caller =>
    (ruleOf(step).office === 'DECIDER' ? committeeSecretary : secretary).caller
  const deciderOf = (step: StepKey): Caller =>
    (step === 'ADMISSION_FILING' ? countySecretary : committeeSecretary).caller
  /** Brings what a step asks for. @returns what it is done with */
  const bring = async (step: StepKey, on: string): Promise<StepInput> => {
    const input: StepInput = { on }
    for (const need of stepOf(developmentRulesOn(on), step).needs) {
      if (need.kind === 'MATERIAL' && need.level === 'BLOCK')
        await desk.file(step, apiNameOf(need.anyOf[0] as string), on, keeperOf(step))
      if (need.kind === 'MEETING') input.meetingId = await desk.meet(need.of, need.matters[0] as MeetingMatter, on)
      if (need.kind === 'PEOPLE')
        await desk.done(desk.mutate('assignPeople', { as: need.as, memberIds: voters.slice(0, need.atMost), on }))
      if (need.kind === 'TRAINING') input.training = { days: need.days, hours: need.hours }
      if (need.kind === 'CONCLUSION') input.conclusion = 'PASSED'
    }
    return input
  }
  /** Does one step in the plainest way, on one day. */
  const plainly = async (step: StepKey, on: string): Promise<void> => {
    const input = await bring(step, on)
    if (!isDecided(step)) {
      await desk.finish(step, input, keeperOf(step))
      return
    }
    const { errors } = await desk.decide(await desk.ask(on), 'APPROVED', on, deciderOf(step))
    if (errors.length > 0) throw new Error(JSON.stringify(errors))
    await reaches(stepKeys[stepNumber(step)] as string)
  }
  return {
    ...desk,
    ...{ bring, isDecided, keeperOf, deciderOf, plainly, reaches },
    /** Does every step before `step` in the plainest way, each on the day given. */
    async goTo(step: StepKey, days: Partial<Record<StepKey, string>>): Promise<void> {
      for (const key of stepKeys.slice(0, stepNumber(step) - 1)) {
        const on = days[key]
        if (on === undefined) continue
        await plainly(key, on)
      }
    },
  }
}
export type Desk = ReturnType<typeof openDesk>
