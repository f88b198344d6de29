/**
 * Runs in the page of a phone: works at one door after the other as fast as the page lets it, and says on the console what
 * the page has said was kept (“kept HOUSEHOLD FIELD”), found again (“found …”) and finished (“finished HOUSEHOLD”).
 */
export function workOn(): void {
  const look = <T>(of: () => T | null | false | undefined) =>
    new Promise<T>((resolve) => {
      const again = () => {
        const found = of();
        if (found) resolve(found);
        else setTimeout(again, 2);
      };
      again();
    });
  const at = <T extends HTMLElement>(selector: string) => look(() => document.querySelector<T>(selector));
  const work = async () => {
    for (;;) {
      const go = await at<HTMLAnchorElement>('section a.button.first');
      const household = go.hash.split('/')[1]!;
      go.click();
      (await at('[data-outcome=answered]')).click();
      const field = await at<HTMLTextAreaElement>('[data-need]');
      const there = Number(field.value.match(/\d+$/)?.[0] ?? 0);
      console.info(`found ${household} ${there}`);
      for (let i = there + 1; i <= there + 3; i++) {
        const before = Number((await at('[data-kept]')).dataset.kept);
        field.value = `楼道灯坏了 ${i}`;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        await look(() => Number(document.querySelector<HTMLElement>('[data-kept]')?.dataset.kept) > before);
        console.info(`kept ${household} ${i}`);
      }
      (await at('[data-save]')).click();
      await at('[data-counts]');
      console.info(`finished ${household}`);
    }
  };
  void work();
}
