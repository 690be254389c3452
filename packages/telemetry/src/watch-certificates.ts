import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { metrics } from '@opentelemetry/api'

const inPem = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

/**
 * When a file of certificates stops being of use: with the first of a chain that ends.
 * @returns seconds since 1970; 0 where there is nothing to be read, which is as good as ended
 */
export function notAfterSeconds(pem: string): number {
  const ends = (pem.match(inPem) ?? []).map(one => new X509Certificate(one).validToDate.getTime() / 1_000)
  return ends.length === 0 ? 0 : Math.min(...ends)
}

/** The files of certificates that an environment names, by what they are for: `kafka_ca`, `database_url_sslcert`. */
export function certificateFiles(env: object): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [name, value] of Object.entries(env)) {
    // A part of an environment that is read apart, as that of Temporal.
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      if (!/KEYS?$/.test(name)) Object.assign(found, certificateFiles(value))
      continue
    }
    if (typeof value !== 'string') continue
    if (/_(CA|CERT)_FILE$/.test(name)) found[name.replace(/_FILE$/, '').toLowerCase()] = value
    if (/^DATABASE_(DIRECT_)?URL$/.test(name))
      for (const part of ['sslrootcert', 'sslcert']) {
        const file = new URL(value).searchParams.get(part)
        if (file) found[`${name.toLowerCase()}_${part}`] = file
      }
  }
  return found
}

/**
 * When each certificate that this process was told of ends, asked at each scrape: a file that was renewed is seen as it
 * now is. Labels are names of variables, never of files.
 */
export function watchCertificates(env: object): void {
  const files = Object.entries(certificateFiles(env))
  metrics
    .getMeter('linghang.certificates')
    .createObservableGauge('linghang_certificate_not_after_seconds', {
      description: 'When a certificate ends, since 1970; 0 where its file cannot be read',
    })
    .addCallback(async result => {
      for (const [use, file] of files) {
        const ends = await readFile(file, 'utf8')
          .then(notAfterSeconds)
          .catch(() => 0)
        result.observe(ends, { use })
      }
    })
}
