/** Ends the platform of this run and removes its folder; also after tests that failed. */
export default async function tearDown(): Promise<void> {
  await globalThis.endOfSystemRun?.()
}
