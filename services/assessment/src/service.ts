import { createAdapter } from '@linghang/database'
import { type Plan, type Replaced, standUp, treeRoom } from '@linghang/subgraph'
import { PrismaClient } from '../prisma/client/client.ts'
import { draws } from './draws/draws/room.ts'
import { lists } from './draws/lists/room.ts'
import { reviews } from './draws/reviews/room.ts'
import type { ServerEnvironment } from './env.ts'
import { duties } from './facts/duties/room.ts'
import { journal } from './facts/journal/room.ts'
import { people } from './facts/people/room.ts'
import { indicators } from './indicators/room.ts'
import { decisions } from './packs/decisions/room.ts'
import type { Tx } from './work.ts'

/** The assessment service: its rooms, and what they stand on. */
export const plan = (env: ServerEnvironment, replaced: Replaced = {}): Plan<Tx, PrismaClient, object> => ({
  ...{ name: 'assessment', env, replaced },
  schemaFile: new URL('../schema.graphql', import.meta.url),
  createPrisma: pool => new PrismaClient({ adapter: createAdapter(pool), errorFormat: 'minimal' }),
  build: () => ({
    ownOf: () => ({}),
    rooms: [treeRoom, indicators, journal, people, duties, decisions, lists, draws, reviews],
  }),
})

/** The same, standing. */
export const start = (env: ServerEnvironment, replaced: Replaced = {}) => standUp(plan(env, replaced))
