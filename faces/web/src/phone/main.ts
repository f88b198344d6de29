import { mount } from 'svelte';
import App from './App.svelte';

// The page says without this script that a round needs one; with it, its place is taken.
const root = document.querySelector<HTMLElement>('#phone')!;
root.replaceChildren();
mount(App, { target: root });
