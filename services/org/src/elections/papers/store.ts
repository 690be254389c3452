import { anyOf } from '@linghang/database'
import type { ElectionPaper } from '@linghang/rulebook'
import { sql } from 'kysely'
import { personColumns, toPerson } from '../../life/meetings/rows.ts'
import { sqlOf, type Tx } from '../../work.ts'
import type { ElectionFile, OwnText } from './election-file.ts'

/** Of the paper as such, where it is about nobody. */
const ofNobody = ''

export type Above = { orgId: string; id: string; name: string; kind: string }
type WrittenText = OwnText & { electionId: string; orgId: string; writtenAt: Date; writtenBy: string | null }

export const paperStore = {
  /** The newest of what each of these elections' papers says in the branch's own words. */
  async ownOf(tx: Tx, countyId: string, electionIds: readonly string[]): Promise<Map<string, OwnText[]>> {
    const rows = await sqlOf(tx)
      .selectFrom('electionPaperText')
      .select(['electionId', 'paper', 'about', 'paragraphs', 'version'])
      .distinctOn(['electionId', 'paper', 'about'])
      .where('countyId', '=', countyId)
      .where('electionId', '=', anyOf(electionIds))
      .orderBy('electionId')
      .orderBy('paper')
      .orderBy('about')
      .orderBy('version', 'desc')
      .execute()
    const texts = rows.map(({ electionId, paper, about, paragraphs, version }) => ({
      electionId,
      text: {
        ...{ paper: paper as ElectionPaper, memberId: about === ofNobody ? null : about },
        ...{ paragraphs: paragraphs as string[], version },
      },
    }))
    const byElection = Map.groupBy(texts, ({ electionId }) => electionId)
    return new Map([...byElection].map(([id, found]) => [id, found.map(({ text }) => text)]))
  },

  async write(tx: Tx, countyId: string, { memberId, paragraphs, ...text }: WrittenText): Promise<void> {
    await sqlOf(tx)
      .insertInto('electionPaperText')
      .values({ ...text, countyId, about: memberId ?? ofNobody, paragraphs: JSON.stringify(paragraphs) })
      .execute()
  },

  /** Who stands above these organisations, nearest first; those that the actor sees. */
  async aboveOf(tx: Tx, orgIds: readonly string[]): Promise<Map<string, Above[]>> {
    const { rows } = await sql<Above>`
      select org_id, id, name, kind from app.named_superiors_of(${orgIds}::uuid[]) order by org_id, distance`.execute(
      sqlOf(tx),
    )
    return Map.groupBy(rows, ({ orgId }) => orgId)
  },

  /** The meetings that elect, as their newest version has them. */
  async assembliesOf(
    tx: Tx,
    countyId: string,
    meetingIds: readonly string[],
  ): Promise<Map<string, NonNullable<ElectionFile['assembly']>>> {
    const newest = await sqlOf(tx)
      .selectFrom('meeting as m')
      .innerJoin('meetingVersion as v', join =>
        join.onRef('v.meetingId', '=', 'm.id').onRef('v.version', '=', 'm.version'),
      )
      .select(['m.id', 'v.place'])
      .where('m.countyId', '=', countyId)
      .where('m.id', '=', anyOf(meetingIds))
      .execute()
    const people = await sqlOf(tx)
      .selectFrom('meetingPerson as p')
      .innerJoin('meeting as m', join => join.onRef('p.meetingId', '=', 'm.id').onRef('p.version', '=', 'm.version'))
      .select('m.id')
      .select(personColumns.map(column => `p.${column}` as const))
      .where('m.countyId', '=', countyId)
      .where('m.id', '=', anyOf(meetingIds))
      .orderBy('p.memberId')
      .execute()
    const byMeeting = Map.groupBy(people, ({ id }) => id)
    return new Map(
      newest.map(({ id, place }) => {
        const all = (byMeeting.get(id) ?? []).map(toPerson)
        const voters = all.filter(({ standing, exception }) => standing === 'FULL' && exception === null)
        const told = {
          place,
          exceptions: all.flatMap(({ exception }) => exception ?? []),
          leave: voters.filter(({ attendance }) => attendance === 'LEAVE').length,
          absent: voters.filter(({ attendance }) => attendance === 'ABSENT').length,
          onProbation: all.filter(one => one.standing === 'PROBATIONARY' && one.attendance === 'PRESENT').length,
        }
        return [id, told]
      }),
    )
  },
}
