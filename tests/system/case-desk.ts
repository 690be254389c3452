import type { DevelopmentTemplate, MemberKind } from '@linghang/harness/generated/members'
import type { MeetingMatter } from '@linghang/harness/generated/org'
import type { ApprovalOutcome } from '@linghang/harness/generated/workflows'
import { fullMember, membersCsv } from '@linghang/harness/people'
import { until } from '@linghang/harness/until'
import { developmentRulesOn, type StepKey, stepKeys, stepNumber, stepOf } from '@linghang/rulebook'
import type { Answer, Caller, Data } from './api.ts'
import { type County, importSound, newCounty, newHolder, orgCode, seedOrganisations, smallTree } from './county.ts'
import { look } from './look.ts'

const uuidOf = (id: string): string => id.split(':')[1] as string

/** The smallest file that is a PDF. */
const paper = Buffer.from(
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

/** The refusals of an answer, each with the article that it names. */
export const refusalsOf = (answer: Answer): { code: string; article: string | null }[] =>
  answer.errors.map(({ message, extensions }) => {
    const { params } = (extensions ?? {}) as { params?: { article?: string } }
    return { code: extensions?.code ?? message, article: params?.article ?? null }
  })

/** Files a paper in a case. @returns the material's id */
export async function fileMaterial(
  by: Caller,
  material: { caseId: string; step: StepKey; template: DevelopmentTemplate; filedOn: string },
): Promise<string> {
  const { createMaterial } = await by.ask(
    'mutation ($input: CreateMaterialInput!) { createMaterial(input: $input) { material { id } putTo } }',
    { input: { ...material, fileName: '材料.pdf' } },
  )
  const status = await by.put(createMaterial.putTo, paper)
  if (status >= 300) throw new Error(`the paper was not taken: ${status}`)
  return createMaterial.material.id
}

type StepInput = Record<string, unknown> & { on: string }

/** Whoever does the branch's and the committee's paperwork of one case, through the gateway. */
export function createDesk(setting: Setting) {
  const { caseId, memberId, branch } = setting
  const complete = (step: StepKey, input: StepInput, by: Caller = setting.secretary.caller) =>
    by.send(
      'mutation ($input: CompleteStepInput!) { completeStep(input: $input) { case { step } warnings { code article } } }',
      { input: { caseId, step, ...input } },
    )
  const mutate = (name: string, input: object, by: Caller = setting.secretary.caller): Promise<Answer> =>
    by.sendUntyped(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { case { id } } }`,
      { input: { caseId, ...input } },
    )
  const done = async (answer: Promise<Answer>): Promise<Data> => {
    const { data, errors } = await answer
    if (errors.length > 0) throw new Error(JSON.stringify(errors))
    return data
  }
  const stepNow = async (): Promise<string> => {
    const { developmentCase } = await setting.secretary.caller.ask(
      'query ($id: ID!) { developmentCase(id: $id) { step phase } }',
      { id: caseId },
    )
    return developmentCase.step
  }
  const file = (step: StepKey, template: DevelopmentTemplate, filedOn: string, by: Caller = setting.secretary.caller) =>
    fileMaterial(by, { caseId, step, template, filedOn })
  const handedIn = async (): Promise<string> => {
    const { developmentCase } = await setting.secretary.caller.ask(
      'query ($id: ID!) { developmentCase(id: $id) { approval { approvalId round } } }',
      { id: caseId },
    )
    const { approvalId, round } = developmentCase.approval
    await until(
      async () => {
        const rows = await look('workflows', 'select 1 from approval where id = $1 and round = $2', [
          uuidOf(approvalId),
          round,
        ])
        return rows.length === 1
      },
      20_000,
      'the deciding office has the request',
    )
    return approvalId
  }
  /** Holds and closes a meeting with one resolution about the person. @returns its id */
  const close = async (
    kind: 'BRANCH_COMMITTEE' | 'BRANCH_ASSEMBLY' | 'COMMITTEE',
    matter: MeetingMatter,
    heldOn: string,
    counts: { present?: number; inFavour?: number; about?: string; at?: string; by?: Caller } = {},
  ): Promise<string> => {
    const by = counts.by ?? setting.secretary.caller
    const due = kind === 'BRANCH_ASSEMBLY' ? setting.voters : setting.voters.slice(0, 5)
    const presentIds = due.slice(0, counts.present ?? due.length)
    const inFavour = counts.inFavour ?? presentIds.length
    const { recordMeeting } = await by.ask(
      'mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id } } }',
      {
        input: {
          organisationId: counts.at ?? branch,
          kind,
          content: {
            heldOn,
            place: '会议室',
            agenda: '发展党员',
            minutes: '讨论并表决。',
            ...(kind === 'BRANCH_ASSEMBLY' ? {} : { participantIds: due }),
            presentIds,
            absentIds: due.slice(presentIds.length),
            resolutions: [
              {
                matter,
                memberId: counts.about ?? memberId,
                text: '决议',
                decision: kind === 'BRANCH_ASSEMBLY' ? 'SECRET_BALLOT' : 'COLLECTIVE_AGREEMENT',
                ballots: {
                  due: due.length,
                  present: presentIds.length,
                  inFavour,
                  against: presentIds.length - inFavour,
                  abstained: 0,
                },
              },
            ],
          },
        },
      },
    )
    const { id } = recordMeeting.meeting
    await by.ask('mutation ($input: CloseMeetingInput!) { closeMeeting(input: $input) { meeting { id } } }', {
      input: { id },
    })
    return id
  }
  /** Waits until members has heard of a meeting. */
  const known = (id: string) =>
    until(
      async () => (await look('members', 'select 1 from meeting_record where id = $1', [uuidOf(id)])).length === 1,
      20_000,
      'members knows the meeting',
    )
  /** A closed meeting that members knows. @returns its id */
  const meet = async (...meeting: Parameters<typeof close>): Promise<string> => {
    const id = await close(...meeting)
    await known(id)
    return id
  }
  /** The deciding committee's meeting on the person, once workflows has heard of it, where the decision wants one. */
  const committeeMet = async (id: string, heldOn: string): Promise<{ meetingId?: string }> => {
    const by = setting.committeeSecretary.caller
    const { approval } = await by.ask('query ($id: ID!) { approval(id: $id) { kind meetingWanted } }', { id })
    if (!approval.meetingWanted) return {}
    const meetingId = await close('COMMITTEE', approval.kind as MeetingMatter, heldOn, { at: setting.committee, by })
    const heard = 'select 1 from committee_meeting where id = $1'
    await until(
      async () => (await look('workflows', heard, [uuidOf(meetingId)])).length === 1,
      20_000,
      'workflows knows the meeting',
    )
    return { meetingId }
  }
  const decide = async (id: string, outcome: ApprovalOutcome, decidedOn: string, by: Caller, reason?: string) => {
    const decides = by === setting.committeeSecretary.caller && outcome !== 'RETURNED'
    const met = decides ? await committeeMet(id, decidedOn) : {}
    return by.send('mutation ($input: DecideApprovalInput!) { decideApproval(input: $input) { approval { state } } }', {
      input: { id, outcome, decidedOn, ...met, ...(reason ? { reason } : {}) },
    })
  }
  /** Waits until the case has gone on to a step. */
  const reaches = (step: string) => until(async () => (await stepNow()) === step, 20_000, `the case reaches ${step}`)
  /** Whether it is the superior's approval that completes a step. */
  const isDecided = (step: StepKey): boolean =>
    stepOf(developmentRulesOn('2014-05-28'), step).needs.some(({ kind }) => kind === 'APPROVAL')
  const keeperOf = (step: StepKey): Caller =>
    stepOf(developmentRulesOn('2014-05-28'), step).office === 'DECIDER'
      ? setting.committeeSecretary.caller
      : setting.secretary.caller
  const deciderOf = (step: StepKey): Caller =>
    step === 'ADMISSION_FILING' ? setting.countySecretary.caller : setting.committeeSecretary.caller
  /** Brings what a step asks for under the regulation of 2014. @returns what it is done with */
  const bring = async (step: StepKey, on: string): Promise<StepInput> => {
    const rules = stepOf(developmentRulesOn(on), step)
    const input: StepInput = { on }
    for (const need of rules.needs) {
      if (need.kind === 'MATERIAL' && need.level === 'BLOCK')
        await file(
          step,
          (need.anyOf[0] as string).replaceAll('-', '_').toUpperCase() as DevelopmentTemplate,
          on,
          keeperOf(step),
        )
      if (need.kind === 'MEETING') input.meetingId = await meet(need.of, need.matters[0] as MeetingMatter, on)
      if (need.kind === 'PEOPLE')
        await done(mutate('assignPeople', { as: need.as, memberIds: setting.voters.slice(0, need.atMost), on }))
      if (need.kind === 'TRAINING') input.training = { days: need.days, hours: need.hours }
      if (need.kind === 'CONCLUSION') input.conclusion = 'PASSED'
    }
    return input
  }
  /** What each step asks for under the regulation of 2014, brought and done on one day. */
  const plainly = async (step: StepKey, on: string): Promise<void> => {
    const input = await bring(step, on)
    if (!isDecided(step)) {
      await done(complete(step, input, keeperOf(step)))
      return
    }
    await done(mutate('requestApproval', { on }))
    const { errors } = await decide(await handedIn(), 'APPROVED', on, deciderOf(step))
    if (errors.length > 0) throw new Error(JSON.stringify(errors))
    await reaches(stepKeys[stepNumber(step)] as string)
  }
  return {
    complete,
    mutate,
    done,
    stepNow,
    file,
    finish: (step: StepKey, input: StepInput, by?: Caller) => done(complete(step, input, by)),
    meet,
    close,
    known,
    /** Hands the open step in. @returns the approval's id, once the deciding office has it */
    async ask(on: string): Promise<string> {
      await done(mutate('requestApproval', { on }))
      return handedIn()
    },
    /** The request that is handed in now, once the deciding office has it. */
    handedIn: () => handedIn(),
    decide,
    committeeMet,
    bring,
    isDecided,
    keeperOf,
    deciderOf,
    /** Does one step in the plainest way. */
    plainly,
    /** Does every step before `step` in the plainest way, each on the day given. */
    async goTo(step: StepKey, days: Partial<Record<StepKey, string>>): Promise<void> {
      for (const key of stepKeys.slice(0, stepNumber(step) - 1)) {
        const on = days[key]
        if (on === undefined) continue
        await plainly(key, on)
      }
    },
    reaches,
  }
}
export type Desk = ReturnType<typeof createDesk>
