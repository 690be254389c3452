import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Certificate = { certFile: string; keyFile: string }

/**
 * A certificate authority of a test's own, in a folder that the test removes.
 * @param name shown in certificates, so that two of them are told apart
 */
export function certificateAuthority(parent: string, name = 'linghang-test') {
  const folder = mkdtempSync(join(parent, 'authority-'))
  const openssl = (...args: string[]): void => {
    execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  }
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '2', '-subj', `/CN=${name}`)
  let issued = 0
  return {
    caFile: join(folder, 'ca.pem'),
    /**
     * A certificate for a server on 127.0.0.1 and for whoever calls.
     * @param subject the name in it: for Kafka and PostgreSQL who is calling
     */
    issue(subject: string): Certificate {
      const file = `${++issued}`
      const extensions = `${file}.ext`
      writeFileSync(
        join(folder, extensions),
        'subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth,clientAuth\nbasicConstraints=CA:FALSE\n',
      )
      openssl('req', ...newKey, '-keyout', `${file}.key`, '-out', `${file}.csr`, '-subj', `/CN=${subject}`)
      const signer = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial']
      openssl(
        'x509',
        '-req',
        '-in',
        `${file}.csr`,
        ...signer,
        '-out',
        `${file}.pem`,
        '-days',
        '2',
        '-extfile',
        extensions,
      )
      return { certFile: join(folder, `${file}.pem`), keyFile: join(folder, `${file}.key`) }
    },
  }
}
