export default async (): Promise<void> => globalThis.endOfChartRun?.()
