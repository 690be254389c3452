import { proxyActivities } from '@temporalio/workflow'

/** What the dues service does from its own task queue. */
type DuesActivities = {
  countiesToBill(): Promise<string[]>
  followStatements(of: { countyId: string }): Promise<{ changed: number }>
}
const { countiesToBill, followStatements } = proxyActivities<DuesActivities>({
  taskQueue: 'dues',
  startToCloseTimeout: '10 minutes',
  retry: { initialInterval: '5 seconds', maximumInterval: '5 minutes' },
})

/** What is to be told of a quarter or a year that is over, county by county: what is due is opened, what is told is done (时限). */
export async function followDuesStatements(): Promise<{ counties: number; changed: number }> {
  const counties = await countiesToBill()
  let changed = 0
  for (const countyId of counties) changed += (await followStatements({ countyId })).changed
  return { counties: counties.length, changed }
}
