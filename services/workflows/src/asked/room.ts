import { addMonths } from '@linghang/rulebook'
import { many } from '@linghang/subgraph'
import type { Resolvers } from '../generated/schema-types.ts'
import { room, type Work } from '../work.ts'
import { taskStore } from './store.ts'

const tasksOf = many(async ({ tx, supervision }: Work, orgIds, month: string) =>
  taskStore.dueAt(tx, [...(await supervision.seen(orgIds))], month, addMonths(month, 1)),
)

const resolvers: Resolvers = {
  AskedOfOrganisation: { tasks: ({ orgId, month }, _, { load }) => load(tasksOf, orgId, month) },
}

/** Beside the forms that organisations hand in here: what fell due at their offices in a month (law B8, R7). */
export const tasks = room({ resolvers })
