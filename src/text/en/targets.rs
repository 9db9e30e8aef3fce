//! Why a configuration is left alone, and why a file could not be written, in English.

use crate::targets::Refused;
use crate::targets::save::SaveError;
use crate::text::{Words, shown};

pub fn refused(why: &Refused) -> Words {
    let by_hand = "Write the lines into it by hand.";
    match why {
        Refused::NotValid { line } => Words::new(
            "The file is not valid in its own format",
            format!("Line {line} cannot be understood, so the library could not read it either."),
            "Put that line right first.",
        ),
        Refused::Computed { line } => Words::new(
            "A value in the file is computed",
            format!("Line {line} takes it from elsewhere, such as the environment. A fixed value would change that."),
            "Set the value where it comes from, or write the lines by hand.",
        ),
        Refused::Anchors { line } => Words::new(
            "The file uses YAML anchors, aliases or tags",
            format!("A change at line {line} could also change what refers to it."),
            by_hand,
        ),
        Refused::Practice => Words::new(
            "A practice token stays in the practice directory",
            "It works nowhere else, and in a program's own file it would only be an error to be found later.",
            "Run adsauth without demo to make a real one.",
        ),
        Refused::SeveralDocuments => Words::new(
            "The file holds several YAML documents",
            "Which of them the library reads cannot be known here.",
            "Make it one document, or write the lines by hand.",
        ),
        Refused::Layout { line } => Words::new(
            "The file is laid out in a way that cannot be edited safely",
            format!("What stands at line {line} is valid, and a change there could break it."),
            by_hand,
        ),
        Refused::ConfigSource => Words::new(
            "The section is in another file",
            "It has a configSource, which names that file.",
            "Name that file instead.",
        ),
        Refused::Repeated { line } => Words::new(
            "A key stands there twice",
            format!("The second one is at line {line}, and which of them counts depends on the reader."),
            "Remove the one that is wrong.",
        ),
        Refused::OtherFlow { key } => Words::new(
            "The file uses another way of signing in",
            format!("It sets {key}, and a refresh token beside it would break that."),
            "Remove that key if you want to sign in as a person, or choose another path.",
        ),
        Refused::Unwritable { key } => Words::new(
            "A value cannot be written in this format",
            format!("{key} is empty, or holds a character that would end the line."),
            "Check the client file: Google's own values have no such characters.",
        ),
    }
}

pub fn save(error: &SaveError) -> Words {
    match error {
        SaveError::NoSpace => Words::new(
            "The disk is full",
            "There is no room for the new file, or your quota is used up. The old one is as it was.",
            "Make room, then try again.",
        ),
        SaveError::ReadOnly => Words::new(
            "The file system is read-only",
            "Nothing can be written there.",
            "Choose another path, or mount it for writing.",
        ),
        SaveError::Permission => Words::new(
            "You may not write there",
            "The permissions of the file or its directory keep you out.",
            "Choose another path, or ask its owner.",
        ),
        SaveError::Immutable => Words::new(
            "The system does not let the file be changed",
            "You may write there, but the file or its directory is marked as immutable.",
            "Choose another path, or take the mark away with chattr -i.",
        ),
        SaveError::Disk => Words::new(
            "The disk reports an error",
            "Reading or writing failed in the device itself.",
            "Choose another disk, and look after this one.",
        ),
        SaveError::LinkLoop => Words::new(
            "The links lead to each other",
            "The path is a symbolic link that leads back to itself.",
            "Name the file itself.",
        ),
        SaveError::NoDirectory => Words::new(
            "The directory cannot be used",
            "A part of the path is no directory, or is a link that leads nowhere.",
            "Check the path.",
        ),
        SaveError::NameTooLong => Words::new(
            "The name is too long",
            "The file system does not allow a name as long as this.",
            "Choose a shorter one.",
        ),
        SaveError::NotAFile => Words::new(
            "This is not a file",
            "There is a directory, a device, a pipe or a socket.",
            "Name the file itself.",
        ),
        SaveError::ForeignOwner { uid } => Words::new(
            "The file belongs to someone else",
            format!("Its owner is the user with the number {uid}, and replacing it would make it yours."),
            "Run adsauth as that user, or choose another path.",
        ),
        SaveError::UnsafeDirectory(path) => Words::new(
            "Everyone may replace files there",
            format!("In {} any user of this machine could put another file in the place of yours.", shown(path)),
            "Choose a directory of your own, or take that right away: chmod o-w.",
        ),
        SaveError::TooLarge => Words::new(
            "The file is too large",
            "It has more than 1 MiB, and no configuration of a library has.",
            "Check the path.",
        ),
        SaveError::NotUtf8 => Words::new(
            "The file is not UTF-8",
            "It is written in another encoding, so it cannot be edited safely.",
            "Save it as UTF-8, then try again.",
        ),
        SaveError::Changed => Words::new(
            "The file has changed meanwhile",
            "Another program wrote, made or removed it after it was shown here. It was left alone.",
            "Look at it again, then write.",
        ),
        SaveError::ReadBack => Words::new(
            "The file does not hold what was written",
            "Something changed it at the very moment. The backup has the old text.",
            "Look at the file, and find out what else writes there.",
        ),
        SaveError::Other(errno) => Words::new(
            "The file could not be written",
            format!("The system reports error {errno}."),
            "Choose another path.",
        ),
    }
}
