import { room } from '../work.ts'
import { countDues, countPeople } from './count-people.ts'
import { indicatorResolvers } from './resolvers.ts'

/** What is counted of people and their dues, for each organisation and all below it. */
export const indicators = room({
  resolvers: indicatorResolvers,
  reactions: { people: [countPeople], dues: [countDues] },
})
