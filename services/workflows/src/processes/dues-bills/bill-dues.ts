import { proxyActivities } from '@temporalio/workflow'

type Counted = { members: number; made: number; withdrawn: number; restored: number; unknown: number }
/** What the dues service does from its own task queue. */
type DuesActivities = {
  countiesToBill(): Promise<string[]>
  billCounty(of: { countyId: string }): Promise<Counted>
}
const { countiesToBill, billCounty } = proxyActivities<DuesActivities>({
  taskQueue: 'dues',
  startToCloseTimeout: '1 hour',
  // A set of members takes a second or two; whoever is silent for longer than this is gone, and another goes on.
  heartbeatTimeout: '90 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '5 minutes' },
})

/** The month's bills of all counties, one county after the other: its database is one (每月出账). */
export async function billDues(): Promise<{ counties: number; made: number }> {
  const counties = await countiesToBill()
  let made = 0
  for (const countyId of counties) made += (await billCounty({ countyId })).made
  return { counties: counties.length, made }
}
