import { proxyActivities } from '@temporalio/workflow'

/** What the assessment service does from its own task queue. */
type ReportActivities = {
  countiesToReport(): Promise<string[]>
  reportCounty(of: { countyId: string }): Promise<{ made: number }>
}
const { countiesToReport, reportCounty } = proxyActivities<ReportActivities>({
  taskQueue: 'assessment',
  startToCloseTimeout: '2 hours',
  // A set of reports takes a second or two; whoever is silent for longer than this is gone, and another goes on.
  heartbeatTimeout: '90 seconds',
  retry: { initialInterval: '5 seconds', maximumInterval: '5 minutes' },
})

/** The month's reports of all counties that have decided on them, one after the other: their database is one (月度报告). */
export async function reportMonth(): Promise<{ counties: number; made: number }> {
  const counties = await countiesToReport()
  let made = 0
  for (const countyId of counties) made += (await reportCounty({ countyId })).made
  return { counties: counties.length, made }
}
