import { decidesOnOrganisations, type ElectionPaper, type PaperDue, paperRuleOf } from '@linghang/rulebook'
import { many, one } from '@linghang/subgraph'
import { groupsOfAll } from '../../structure/groups/read-groups.ts'
import { organisationsOf } from '../../structure/organisations/read-organisations.ts'
import type { Work } from '../../work.ts'
import { electionsSeen, type ToldElection } from '../process/read-elections.ts'
import { type ElectionFile, type OwnText, papersOf } from './election-file.ts'
import { fillPaper, templateOf } from './fill-paper.ts'
import { paperStore } from './store.ts'

/** An election as its papers need it, and what of them is the reader's to make. */
export type PapersSeen = ElectionFile & {
  /** Whether the reader holds an office at the superior or above: its letters are its own to write. */
  asSuperior: boolean
}

async function readFiles(work: Work, ids: readonly string[]): Promise<Map<string, PapersSeen>> {
  const { tx, actor, supervision } = work
  const elections = [...(await electionsSeen(work, ids)).values()]
  const orgIds = [...new Set(elections.map(({ orgId }) => orgId))]
  const organisations = await organisationsOf(work, orgIds)
  const groups = await groupsOfAll(work, orgIds)
  const above = await paperStore.aboveOf(tx, orgIds)
  const meetingIds = elections.flatMap(({ assembly }) => assembly?.meetingId ?? [])
  const assemblies = await paperStore.assembliesOf(tx, actor.countyId, meetingIds)
  const own = await paperStore.ownOf(
    tx,
    actor.countyId,
    elections.map(({ id }) => id),
  )
  const superiorOf = ({ orgId, approvals }: ToldElection) => {
    const all = above.get(orgId) ?? []
    const decider = Object.values(approvals)[0]?.deciderOrgId
    return (
      all.find(({ id }) => id === decider) ?? all.find(({ kind }) => decidesOnOrganisations(kind)) ?? all[0] ?? null
    )
  }
  const superiors = new Map(elections.map(election => [election.id, superiorOf(election)]))
  const seen = await supervision.seen([...superiors.values()].flatMap(one => one?.id ?? []))
  return new Map(
    elections.map((election): [string, PapersSeen] => {
      const { id: _, ...state } = election
      const organisation = organisations.get(election.orgId)
      const superior = superiors.get(election.id) ?? null
      return [
        election.id,
        {
          ...{ id: election.id, state, superior: superior?.name ?? null },
          organisation: {
            name: organisation?.name ?? '',
            phone: organisation?.phone ?? null,
            secretary: organisation?.secretaryName ?? null,
          },
          groups: (groups.get(election.orgId) ?? []).map(({ name }) => name),
          assembly: (election.assembly && assemblies.get(election.assembly.meetingId)) ?? null,
          own: own.get(election.id) ?? [],
          asSuperior: superior !== null && seen.has(superior.id),
        },
      ]
    }),
  )
}

/** Elections for their papers: those that the actor sees. A few statements, whatever their number. */
export const electionFiles = one(readFiles)

/** Whether a paper is the reader's to make: what the superior writes is not for the branch. */
export const mayMake = (name: ElectionPaper, { asSuperior }: Pick<PapersSeen, 'asSuperior'>): boolean =>
  asSuperior || paperRuleOf(name).draftedBy !== 'SUPERIOR'

/** A paper of an election as it is told: when it is due, what is missing of it, what the branch wrote of it. */
export type ToldPaper = PaperDue & {
  electionId: string
  title: string
  missing: string[]
  mayBeMade: boolean
  ownWords: 'TEXT' | 'CANDIDATES' | null
  own: readonly OwnText[]
}

/** The papers of each election that the actor sees, in their order. */
export const papersOfElections = many(async (work: Work, ids) => {
  const files = await readFiles(work, ids)
  return new Map([...files].map(([id, file]): [string, ToldPaper[]] => [id, toldPapers(file)]))
})

const toldPapers = (file: PapersSeen): ToldPaper[] =>
  papersOf(file).map(due => {
    const { model, missing } = fillPaper(due.name, file)
    return {
      ...{ ...due, electionId: file.id, title: model.title, missing, mayBeMade: mayMake(due.name, file) },
      ownWords: templateOf(due.name).own ?? null,
      own: file.own.filter(({ paper }) => paper === due.name),
    }
  })
