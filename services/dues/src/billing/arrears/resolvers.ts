import { lightOf } from '@linghang/rulebook'
import { connection, fromId, ref, toId } from '@linghang/subgraph'
import type { Resolvers } from '../../generated/schema-types.ts'
import type { Context } from '../../work.ts'
import { holderOf } from '../records/holder.ts'
import { settingsOfDay } from '../settings/read-settings.ts'
import { undecided } from '../settings/settings.ts'
import { isMatter } from './arrears.ts'
import { fail } from './errors.ts'
import {
  arrearsBelow,
  arrearsById,
  arrearsCountIn,
  arrearsIn,
  arrearsOfMember,
  openArrearsOf,
  stepsOf,
} from './read-arrears.ts'
import { decideMatter, recordTalk } from './record-step.ts'

const ladderOf = async (context: Context) => (await context.load(settingsOfDay, context.today)) ?? undecided
const arrearsId = (id: string) => fromId('DuesArrears', id, 'arrearsId')
const payload = async (context: Context, id: string) => ({ arrears: await context.load(arrearsById, id) })

/** @throws DomainError BAD_INPUT */
function leastOf(months: number): number {
  if (months >= 1 && months <= 1_000) return months
  return fail('BAD_INPUT', { field: 'leastMonths', found: months, wanted: '1 to 1000', wantedZh: '1 至 1000' })
}

export const arrearsResolvers: Resolvers = {
  DuesArrears: {
    holder: holderOf,
    id: ({ id }) => toId('DuesArrears', id),
    ref: ({ id }) => toId('DuesArrears', id),
    member: ({ memberId }) => ref('Member', memberId),
    organisation: ({ orgId }) => ref('Organisation', orgId),
    light: async ({ months }, _, context) => lightOf(months, await ladderOf(context)),
    steps: ({ id }, _, context) => context.load(stepsOf, id),
  },
  DuesRecord: {
    light: async ({ memberId }, _, context) =>
      lightOf((await context.load(openArrearsOf, memberId))?.months ?? 0, await ladderOf(context)),
    arrears: ({ memberId }, _, context) => context.load(arrearsOfMember, memberId),
  },
  Organisation: {
    duesArrears: ({ uuid }, { leastMonths, ...args }, context) => {
      const least = leastOf(leastMonths ?? 1)
      return connection(context, args, {
        of: ['Organisation.duesArrears', uuid, least],
        read: stretch => context.load(arrearsIn, uuid, least, stretch),
        count: () => context.load(arrearsCountIn, uuid, least),
        place: ({ memberId }) => [memberId],
      })
    },
    duesLights: async ({ uuid }, _, context) => {
      const counts = await context.load(arrearsBelow, uuid)
      if (counts === null) return null
      const ladder = await ladderOf(context)
      const sum = (counted: (months: number) => boolean) =>
        counts.reduce((total, { months, members }) => (counted(months) ? total + members : total), 0)
      return {
        yellow: sum(months => lightOf(months, ladder) === 'YELLOW'),
        red: sum(months => lightOf(months, ladder) === 'RED'),
        matters: sum(isMatter),
      }
    },
  },
  Mutation: {
    recordDuesTalk: async (_, { input: { arrearsId: id, idempotencyKey, ...rest } }, context) =>
      payload(context, await context.run(recordTalk, { ...rest, id: arrearsId(id) }, idempotencyKey)),
    decideDuesMatter: async (_, { input: { arrearsId: id, idempotencyKey, ...rest } }, context) =>
      payload(context, await context.run(decideMatter, { ...rest, id: arrearsId(id) }, idempotencyKey)),
  },
}
