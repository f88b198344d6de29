// Run by bench/lighthouse.bench.ts with addresses: measures each as Lighthouse's phone does and prints the scores as JSON.
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'];
const SHOWN = 8;
const chrome = await launch({
  chromePath: process.env.CHROME_PATH,
  chromeFlags: ['--headless=new', '--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu'],
});
try {
  for (const url of process.argv.slice(2)) {
    const { lhr } = await lighthouse(url, { port: chrome.port, onlyCategories: CATEGORIES, logLevel: 'silent' });
    const scores = Object.fromEntries(CATEGORIES.map((name) => [name, Math.round(lhr.categories[name].score * 100)]));
    const counted = new Set(
      CATEGORIES.flatMap((name) => lhr.categories[name].auditRefs.filter((one) => one.weight > 0).map((one) => one.id)),
    );
    const missed = Object.values(lhr.audits)
      .filter((audit) => counted.has(audit.id) && audit.score !== null && audit.score < 0.9)
      .map((audit) => audit.id)
      .slice(0, SHOWN);
    process.stdout.write(`${JSON.stringify({ url, scores, missed })}\n`);
  }
} finally {
  chrome.kill();
}
