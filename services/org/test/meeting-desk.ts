import type { Actor } from '@linghang/access'
import type { MeetingState } from '@linghang/events'
import { type Answer, dataOf, uuidOf } from '@linghang/harness/ask'
import type { County } from '@linghang/harness/county'
import type { MeetingKind } from '@linghang/harness/generated/org'
import { listen } from '@linghang/harness/listen'
import type { Operations } from '@linghang/harness/operations'
import { until } from '@linghang/harness/until'

const fields = `id kind state heldOn version revision
  current { version due present reason closedAt resolutions { id matter carried quorate member { id }
    ballots { due present inFavour against abstained writtenInFavour writtenAgainst } } }`
const mutations = {
  recordMeeting: `mutation ($input: RecordMeetingInput!) { done: recordMeeting(input: $input) { meeting { ${fields} } } }`,
  changeMeeting: `mutation ($input: ChangeMeetingInput!) { done: changeMeeting(input: $input) { meeting { ${fields} } } }`,
  closeMeeting: `mutation ($input: CloseMeetingInput!) { done: closeMeeting(input: $input) { meeting { ${fields} } } }`,
  correctMeeting: `mutation ($input: CorrectMeetingInput!) { done: correctMeeting(input: $input) { meeting { ${fields} } } }`,
} as const
type Mutation = keyof typeof mutations
type InputOf<Name extends Mutation> = Operations['org'][(typeof mutations)[Name]]['variables']['input']
/** What is written down: put together, or wrong on purpose, so that the service says what it makes of it. */
export type Content = Record<string, unknown> & { heldOn: string }
type Said<Name extends Mutation> = Omit<InputOf<Name>, 'content'> & { content?: Content }
type Done = Operations['org'][(typeof mutations)[Mutation]]['data']

/** Whoever writes down meetings of a county, and looks at what has come of it. */
export function createDesk(county: County) {
  const send = <Name extends Mutation>(actor: Actor, mutation: Name, input: Said<Name>): Promise<Answer<Done>> =>
    county.world.askUntyped.org(actor, mutations[mutation], { input })
  const done = async <Name extends Mutation>(actor: Actor, mutation: Name, input: Said<Name>) =>
    dataOf(await send(actor, mutation, input)).done.meeting
  return {
    send,
    done,
    record: (organisationId: string, kind: MeetingKind, content: Content, actor = county.admin) =>
      done(actor, 'recordMeeting', { organisationId, kind, content }),
    tryRecord: (organisationId: string, kind: MeetingKind, content: Content, actor = county.admin) =>
      send(actor, 'recordMeeting', { organisationId, kind, content }),
    close: (id: string, actor = county.admin) => send(actor, 'closeMeeting', { id }),
    read: async (id: string, what: string, actor = county.admin) =>
      dataOf(await county.world.askUntyped.org(actor, `query ($id: ID!) { meeting(id: $id) { ${what} } }`, { id }))
        .meeting,
    /** Everybody who belongs to the version that counts. */
    people: async (id: string) => {
      const pageAfter = async (after: string | null) =>
        dataOf(
          await county.world.ask.org(
            county.admin,
            `query ($id: ID!, $after: String) { meeting(id: $id) { current { people(first: 15, after: $after) {
              totalCount pageInfo { hasNextPage endCursor } nodes { member { id } due standing exception } } } } }`,
            { id, after },
          ),
        ).meeting.current.people
      const found = []
      for (let after: string | null = null, goesOn = true; goesOn; ) {
        const { nodes, pageInfo, totalCount } = await pageAfter(after)
        for (const { member, ...rest } of nodes) found.push({ memberId: member.id, ...rest })
        after = pageInfo.endCursor
        goesOn = pageInfo.hasNextPage
        if (!goesOn && totalCount !== found.length) throw new Error(`${totalCount} people counted`)
      }
      return found
    },
  }
}
export type Desk = ReturnType<typeof createDesk>

/** The only refusal of an answer: its code and what it says was found and wanted. */
export function refusalOf(answer: Answer) {
  const [error] = answer.errors
  const { found, wanted, article } = error?.extensions?.params ?? {}
  return { code: error?.extensions?.code, found, wanted, ...(article ? { article } : {}) }
}

/** Hears what org tells of meetings, as another service would. */
export async function listenToMeetings() {
  const { heard, stop } = await listen('org.events', ['org.meeting.closed.v1'])
  return {
    /** What was told of a meeting, once it was told of `times` times. */
    told: (id: string, times: number): Promise<MeetingState[]> =>
      until(() => {
        const states = heard.flatMap(({ subject, data }) => (subject === uuidOf(id) ? [data] : []))
        return states.length >= times ? states : null
      }, 30_000),
    /** Everything that was heard, as it went over the wire. */
    text: () => JSON.stringify(heard),
    stop,
  }
}
