//! The one gate for text from outside (files, network, environment) on its way to a screen, a title or stderr.
//! It never lets a control, escape, bidirectional or invisible character through.
