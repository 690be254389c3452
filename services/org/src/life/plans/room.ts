import { room } from '../../work.ts'
import { table } from './errors.ts'
import { hearHeld } from './hear-held.ts'
import { keepMatters } from './keep-matters.ts'
import { planById } from './read-plans.ts'
import { planResolvers } from './resolvers.ts'

/** Plans of organisational life (组织生活方案): made by one command, filled in by the branch, compared with what was held. */
export const plans = room({
  ...{ errors: table, nodes: { LifePlan: planById }, resolvers: planResolvers },
  reactions: { 'case-dates': [keepMatters], 'life-plans': [hearHeld] },
})
