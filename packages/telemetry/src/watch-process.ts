import { metrics } from '@opentelemetry/api'

/** What every program tells of itself, under the names that Prometheus' own clients use. */
export function watchProcess(): void {
  const meter = metrics.getMeter('linghang.process')
  const startedSeconds = Date.now() / 1_000 - process.uptime()
  meter
    .createObservableGauge('process_start_time_seconds', { description: 'When the process began, since 1970' })
    .addCallback(result => result.observe(startedSeconds))
  meter
    .createObservableGauge('process_resident_memory_bytes', { description: 'Memory that the process has' })
    .addCallback(result => result.observe(process.memoryUsage.rss()))
  meter
    .createObservableCounter('process_cpu_seconds', { description: 'Time of processors that the process has used' })
    .addCallback(result => {
      const { user, system } = process.cpuUsage()
      result.observe((user + system) / 1_000_000)
    })
}
