import { connection, fromId, ref } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import { nameOf } from '../../sheets/reading/read-sheets.ts'
import { inPoints } from '../../sheets/reading/sheet-row.ts'
import type { Context } from '../../work.ts'
import { averageOf } from './place.ts'
import { type BoardPlace, countPlaces, listOfPlace, readBoard, readPlaces } from './read-board.ts'
import { whyOf } from './say-why.ts'

const groupOf = ({ board: { groups }, groupKey }: BoardPlace) => groups.find(({ key }) => key === groupKey)
const titleOf = (scales: readonly { key: string; title: string }[], key: string | undefined): string =>
  scales.find(scale => scale.key === key)?.title ?? ''
const asCounty = { rights: 'COUNTY' } as const

export const boardResolvers: Resolvers = {
  Query: {
    board: (_, { kind, on, organisationId }, context: Context) =>
      context.perform(
        work =>
          readBoard(work, {
            ...{ kind, on: on ?? null },
            organisationId: organisationId == null ? null : fromId('Organisation', organisationId, 'organisationId'),
          }),
        asCounty,
      ),
  },
  Board: {
    kind: ({ asked }) => asked.kind,
    why: ({ asked, state, decision }, _, { language }) => {
      const { zh, en } = whyOf(asked.kind, state, decision)
      return language === 'en' ? en : zh
    },
    from: ({ shown }) => shown?.period.from ?? null,
    until: ({ shown }) => shown?.period.until ?? null,
    groups: ({ shown }) =>
      (shown?.groups ?? []).slice(0, 100).map(group => ({
        ...{ group, title: titleOf(shown?.document.scales ?? [], group.scale) },
      })),
    places: ({ asked, shown }, args, context) => {
      const { kind, on, organisationId } = asked
      return connection(context, args, {
        of: ['Board.places', kind, on, organisationId, shown?.period.from ?? null],
        read: async stretch =>
          shown === null ? [] : context.perform(work => readPlaces(work, kind, shown, stretch), asCounty),
        count: async () => (shown === null ? 0 : context.perform(work => countPlaces(work, shown), asCounty)),
        place: ({ groupKey, rank, subjectId }) => [groupKey, `${rank}`, subjectId],
      })
    },
  },
  BoardGroup: {
    scale: ({ title }) => title,
    peers: ({ group }) => group.peers,
    average: ({ group }) => {
      const average = averageOf(group)
      return average === null ? null : inPoints(average)
    },
  },
  BoardPlace: {
    member: ({ kind, subjectId }) => (kind === 'MEMBERS' ? ref('Member', subjectId) : null),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    organisationName: async ({ orgId }, _, context) => (await context.load(nameOf, orgId)) ?? '',
    own: ({ kind, subjectId, orgId }, _, { actor }) =>
      kind === 'MEMBERS' ? subjectId === actor.memberId : orgId === actor.memberOrgId,
    scale: place => titleOf(place.board.document.scales, groupOf(place)?.scale),
    peers: place => groupOf(place)?.peers ?? 0,
    score: ({ score }) => inPoints(score),
    list: listOfPlace,
  },
}
